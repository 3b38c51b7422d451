package io.retally.core.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.serving.Row;
import io.retally.core.serving.ServingTable;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which rule decides, and until when. */
class DecisionTest {
    private static final long OPENED = 1_700_000_000_000L;
    private static final long DAY = 86_400_000L;

    @Test
    void theHighestPriorityDecidesAndThenTheLowestId() {
        List<AssignmentRule> rules =
                List.of(rule("b", 1, Condition.NONE), rule("a", 1, Condition.NONE), rule("c", 0, Condition.NONE));
        assertThat(decidingRule(rules, OPENED)).isEqualTo("a");
        assertThat(decidingRule(List.of(rule("z", 2, Condition.NONE), rule("a", 1, Condition.NONE)), OPENED))
                .isEqualTo("z");
    }

    @Test
    void noProportionHoldsBeforeAQuestionIsAnswered() {
        LessonStanding unanswered = new LessonStanding("c", "p", "l", "a", 0, 0, 0, 0, false, null);
        assertThat(condition(100, null).holdsFrom(unanswered)).isNull();
        assertThat(condition(null, 0).holdsFrom(unanswered)).isNull();
    }

    @Test
    void theBoundOfAProportionIsExact() {
        LessonStanding twoOfThree = new LessonStanding("c", "p", "l", "a", 3, 2, 5, 0, false, null);
        assertThat(condition(67, null).holdsFrom(twoOfThree)).isNotNull();
        assertThat(condition(66, null).holdsFrom(twoOfThree)).isNull();
        assertThat(condition(null, 66).holdsFrom(twoOfThree)).isNotNull();
        assertThat(condition(null, 67).holdsFrom(twoOfThree)).isNull();
        LessonStanding half = new LessonStanding("c", "p", "l", "a", 2, 1, 2, 0, false, null);
        assertThat(condition(50, null).holdsFrom(half)).isNull();
        assertThat(condition(51, null).holdsFrom(half)).isNotNull();
        assertThat(condition(null, 50).holdsFrom(half)).isNotNull();
        assertThat(condition(null, 51).holdsFrom(half)).isNull();
    }

    @Test
    void theStandingIsTheRowOfRepLesson() {
        Row row = Row.of(
                ServingTable.REP_LESSON,
                "c",
                "p",
                "l",
                "a",
                "t",
                7L,
                6L,
                OPENED,
                OPENED + 1,
                9,
                5L,
                new int[] {0, 1, 2, 3, 4},
                4,
                3L,
                2L,
                8L,
                true);
        assertThat(LessonStanding.of(row)).isEqualTo(new LessonStanding("c", "p", "l", "a", 3, 2, 8, 5, true, OPENED));
    }

    /** Nothing changes before the moment that it names, and something does then. */
    @Property
    void aDecisionIsValidAsLongAsItSays(@ForAll("dayRules") List<AssignmentRule> rules, @ForAll("moments") long now) {
        Decision decision = Decision.of(opened(), rules, now);
        Long until = decision.validUntil();
        for (long later = now; later <= OPENED + 5 * DAY; later += DAY / 2) {
            if (until == null || later < until) {
                assertThat(Decision.of(opened(), rules, later).assignment()).isEqualTo(decision.assignment());
            }
        }
        if (until != null) {
            assertThat(until).isGreaterThan(now);
            assertThat(Decision.of(opened(), rules, until - 1).assignment()).isEqualTo(decision.assignment());
            assertThat(Decision.of(opened(), rules, until).assignment()).isNotEqualTo(decision.assignment());
        }
    }

    @Provide
    static Arbitrary<List<AssignmentRule>> dayRules() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 4).injectNull(0.2))
                .as((priority, days) -> rule("", priority, new Condition(null, null, null, null, null, null, days)))
                .list()
                .ofMaxSize(4)
                .map(DecisionTest::withIds);
    }

    private static List<AssignmentRule> withIds(List<AssignmentRule> rules) {
        return java.util.stream.IntStream.range(0, rules.size())
                .mapToObj(
                        i -> rule("r" + i, rules.get(i).priority(), rules.get(i).when()))
                .toList();
    }

    @Provide
    static Arbitrary<Long> moments() {
        return Arbitraries.longs().between(OPENED - DAY, OPENED + 5 * DAY);
    }

    private static LessonStanding opened() {
        return new LessonStanding("c", "p", "l", "a", 0, 0, 0, 0, false, OPENED);
    }

    private static Condition condition(@Nullable Integer below, @Nullable Integer atLeast) {
        return new Condition(below, atLeast, null, null, null, null, null);
    }

    private static AssignmentRule rule(String id, int priority, Condition when) {
        return new AssignmentRule(id, "a", "p", null, priority, Action.REPEAT, null, when);
    }

    private static @Nullable String decidingRule(List<AssignmentRule> rules, long now) {
        Assignment assignment = Decision.of(opened(), rules, now).assignment();
        return assignment == null ? null : assignment.ruleId();
    }
}
