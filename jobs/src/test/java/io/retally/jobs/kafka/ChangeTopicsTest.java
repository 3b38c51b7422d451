package io.retally.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Who reads what. */
class ChangeTopicsTest {
    private static final ChangeTopics TOPICS = new ChangeTopics("acme");

    /** Rules are not for the job that keeps the tables: to it each message about one would be a dead letter. */
    @Test
    void rulesAreNoChangesOfDocuments() {
        assertThat(TOPICS.assignmentRules()).isEqualTo("acme.coaching.assignment_rules");
        assertThat(TOPICS.changes()).doesNotContain(TOPICS.assignmentRules());
        assertThat(TOPICS.changesPattern().matcher(TOPICS.assignmentRules()).matches())
                .isFalse();
        assertThatThrownBy(() -> TOPICS.subject(TOPICS.assignmentRules()))
                .hasMessageContaining("topic acme.coaching.assignment_rules holds no changes");
    }

    @Test
    void patternsMatchTheirTopicsAndNoOthers() {
        assertThat(TOPICS.changes())
                .hasSize(12)
                .allMatch(topic -> TOPICS.changesPattern().matcher(topic).matches());
        assertThat(TOPICS.assignmentRulesPattern()
                        .matcher(TOPICS.assignmentRules())
                        .matches())
                .isTrue();
        assertThat(TOPICS.changes())
                .noneMatch(
                        topic -> TOPICS.assignmentRulesPattern().matcher(topic).matches());
        assertThat(TOPICS.changesPattern().matcher(TOPICS.deadLetters()).matches())
                .isFalse();
    }
}
