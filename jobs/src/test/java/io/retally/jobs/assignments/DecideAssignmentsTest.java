package io.retally.jobs.assignments;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.assignment.Action;
import io.retally.core.assignment.Assignment;
import io.retally.core.assignment.AssignmentRule;
import io.retally.core.assignment.Condition;
import io.retally.core.assignment.LessonStanding;
import io.retally.jobs.mongo.AssignmentId;
import io.retally.jobs.repprogress.Subtasks;
import io.retally.jobs.repprogress.TestingBackend;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a decision is written, and that it is taken back when its ground is gone, a crash in between or not. */
@SuppressWarnings("NullAway.Init")
class DecideAssignmentsTest {
    private static final long OPENED = 1_700_000_000_000L;
    private static final long DAY = 86_400_000L;
    private static final AssignmentId ANN = new AssignmentId("ann", "p", "l");
    private static final Condition FAILED = new Condition(50, null, null, null, null, null, null);
    private static final AssignmentRule REPEAT = rule("r", 0, FAILED);

    private TestingDecisions job;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        job = new TestingDecisions(TestingBackend.Kind.ROCKSDB, folder, 2, Map.of(), OPENED);
    }

    @AfterEach
    void stop() {
        job.close();
    }

    @Test
    void isWrittenWhenTheCheckpointAfterTheCompleteOneBegins() throws Exception {
        job.rule("r", REPEAT);
        job.standing(correct("ann", 0, 1));
        Subtasks.States first = job.barrier();
        job.writeSome(new Random(0));
        assertThat(job.mongodb()).isEmpty();
        job.complete(first);
        job.barrier();
        assertThat(job.mongodb()).containsOnlyKeys(ANN);
        assertThat(job.mongodb().get(ANN))
                .isEqualTo(new Assignment(
                        "r", Action.REPEAT, "l", "questions correct: 0 of 1 (below 50 %)", correct("ann", 0, 1)));
    }

    @Test
    void aCheckpointThatFailsPassesNothingOn() throws Exception {
        job.rule("r", REPEAT);
        job.standing(correct("ann", 0, 1));
        job.barrier();
        job.barrier();
        assertThat(job.mongodb()).isEmpty();
        job.settle();
        assertThat(job.mongodb()).containsOnlyKeys(ANN);
    }

    @Test
    void isWithdrawnWhenTheAnswerIsCorrected() throws Exception {
        job.rule("r", REPEAT);
        job.standing(correct("ann", 0, 1));
        job.settle();
        job.standing(correct("ann", 1, 1));
        job.settle();
        assertThat(job.mongodb()).isEmpty();
    }

    @Test
    void figuresThatChangeAreWrittenAnew() throws Exception {
        job.rule("r", REPEAT);
        job.standing(correct("ann", 0, 1));
        job.settle();
        job.standing(correct("ann", 0, 2));
        job.settle();
        assertThat(job.mongodb().get(ANN)).extracting(Assignment::grounds).isEqualTo(correct("ann", 0, 2));
    }

    /** The log that is replayed may be read in larger pieces, in which the ground of what was written never was. */
    @Test
    void whatACrashLeavesIsTakenBackIfTheReplayNeverDecidesIt() throws Exception {
        job.rule("r", REPEAT);
        job.standing(correct("ann", 0, 1));
        Subtasks.States first = job.barrier();
        job.complete(first);
        job.standing(correct("ann", 1, 1));
        job.barrier(); // Written by now, and never complete.
        assertThat(job.mongodb()).containsOnlyKeys(ANN);
        job.crash(first, 3);
        job.standing(correct("ann", 1, 1));
        job.settle();
        assertThat(job.mongodb()).isEmpty();
    }

    @Test
    void whatWasPassedOnBeforeACrashIsPassedOnAgain() throws Exception {
        job.rule("r", REPEAT);
        job.standing(correct("ann", 0, 1));
        Subtasks.States first = job.barrier();
        job.complete(first);
        job.crash(first, 1);
        assertThat(job.mongodb()).isEmpty();
        job.barrier();
        assertThat(job.mongodb()).containsOnlyKeys(ANN);
    }

    /** Between a checkpoint and the news that it is complete. */
    @Test
    void whatIsDecidedMeanwhileGoesWithTheNextCheckpoint() throws Exception {
        job.rule("r", REPEAT);
        Subtasks.States first = job.barrier();
        job.standing(correct("ann", 0, 1));
        job.complete(first);
        job.barrier();
        assertThat(job.mongodb()).isEmpty();
        job.settle();
        assertThat(job.mongodb()).containsOnlyKeys(ANN);
    }

    /** A rep has another lesson that the complete checkpoint does hold as pending: each waits for its own. */
    @Test
    void aLessonDoesNotGoWithAnotherOneOfItsRep() throws Exception {
        job.rule("r", REPEAT);
        job.standing(correct("ann", 0, 1));
        Subtasks.States first = job.barrier();
        job.standing(new LessonStanding("ann", "p", "m", "a", 1, 0, 1, 0, false, OPENED));
        job.complete(first);
        job.barrier();
        assertThat(job.mongodb()).containsOnlyKeys(ANN);
        job.settle();
        assertThat(job.mongodb()).containsOnlyKeys(ANN, new AssignmentId("ann", "p", "m"));
    }

    /** What is decided between a checkpoint and the news that it is complete does not put off what waits. */
    @Test
    void aBusyLessonDoesNotWaitForEver() throws Exception {
        job.rule("r", REPEAT);
        job.standing(correct("ann", 0, 1));
        for (int answered = 2; answered < 5; answered++) {
            Subtasks.States states = job.barrier();
            job.standing(correct("ann", 0, answered));
            job.complete(states);
        }
        assertThat(job.mongodb()).containsOnlyKeys(ANN);
    }

    @Test
    void aChangedRuleDecidesAllLessonsThatItIsAbout() throws Exception {
        job.rule("r", REPEAT);
        for (int i = 0; i < 10; i++) {
            job.standing(correct("rep " + i, i % 2, 1));
        }
        job.settle();
        assertThat(reps()).containsExactlyInAnyOrder("rep 0", "rep 2", "rep 4", "rep 6", "rep 8");
        job.rule("r", rule("r", 0, new Condition(null, 50, null, null, null, null, null)));
        job.settle();
        assertThat(reps()).containsExactlyInAnyOrder("rep 1", "rep 3", "rep 5", "rep 7", "rep 9");
        job.rule("r", null);
        job.settle();
        assertThat(job.mongodb()).isEmpty();
    }

    @Test
    void aRuleOfHigherPriorityTakesOver() throws Exception {
        job.rule("r", REPEAT);
        job.standing(correct("ann", 0, 1));
        job.settle();
        job.rule("s", rule("s", 1, FAILED));
        job.settle();
        assertThat(job.mongodb().get(ANN)).extracting(Assignment::ruleId).isEqualTo("s");
        job.rule("s", null);
        job.settle();
        assertThat(job.mongodb().get(ANN)).extracting(Assignment::ruleId).isEqualTo("r");
    }

    @Test
    void daysPassWithoutAMessage() throws Exception {
        job.rule("r", rule("r", 0, openedFor(3)));
        job.standing(correct("ann", 0, 1));
        job.time(OPENED + 3 * DAY - 1);
        Subtasks.States states = job.settle();
        assertThat(job.mongodb()).isEmpty();
        job.crash(states, 3);
        job.time(OPENED + 3 * DAY);
        job.settle();
        assertThat(job.mongodb()).containsOnlyKeys(ANN);
        assertThat(job.numTimers()).isZero();
    }

    @Test
    void aLessonThatIsGoneOrCompletedHasNoTimer() throws Exception {
        job.rule("r", rule("r", 0, new Condition(null, null, null, null, null, false, 3)));
        job.standing(correct("ann", 0, 1));
        job.standing(correct("ben", 0, 1));
        assertThat(job.numTimers()).isEqualTo(2);
        job.settle();
        job.standing(new LessonStanding("ann", "p", "l", "a", 1, 0, 1, 0, true, OPENED));
        job.noStanding(new AssignmentId("ben", "p", "l"));
        assertThat(job.numTimers()).isZero();
    }

    @Test
    void stateGoesToZeroWithTheStandings() throws Exception {
        job.rule("r", REPEAT);
        job.standing(correct("ann", 0, 1));
        job.settle();
        assertThat(job.numKeyedStateEntries()).isPositive();
        job.noStanding(ANN);
        job.settle();
        assertThat(job.mongodb()).isEmpty();
        assertThat(job.numKeyedStateEntries()).isZero();
        assertThat(job.rules()).containsExactly("r");
        job.rule("r", null);
        assertThat(job.rules()).isEmpty();
    }

    @Test
    void aJobWithoutStateWithdrawsWhatNothingCallsFor(@TempDir Path folder) throws Exception {
        Assignment old = new Assignment("old", Action.REPEAT, "l", "?", correct("ann", 0, 1));
        AssignmentId ben = new AssignmentId("ben", "p", "l");
        try (TestingDecisions anew =
                new TestingDecisions(TestingBackend.Kind.ROCKSDB, folder, 2, Map.of(ANN, old, ben, old), OPENED)) {
            anew.rule("r", REPEAT);
            anew.standing(correct("ann", 0, 2));
            assertThat(anew.mongodb()).containsOnlyKeys(ANN, ben);
            anew.settle();
            assertThat(anew.mongodb()).containsOnlyKeys(ANN);
            assertThat(anew.mongodb().get(ANN)).extracting(Assignment::ruleId).isEqualTo("r");
        }
    }

    private Set<String> reps() {
        return job.mongodb().keySet().stream().map(AssignmentId::contactId).collect(Collectors.toSet());
    }

    private static LessonStanding correct(String contactId, int correct, int answered) {
        return new LessonStanding(contactId, "p", "l", "a", answered, correct, answered, 0, false, OPENED);
    }

    private static Condition openedFor(int days) {
        return new Condition(null, null, null, null, null, null, days);
    }

    private static AssignmentRule rule(String id, int priority, Condition when) {
        return new AssignmentRule(id, "a", "p", null, priority, Action.REPEAT, null, when);
    }
}
