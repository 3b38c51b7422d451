package io.retally.jobs.repprogress;

import static io.retally.jobs.repprogress.TestingCompany.ACME;
import static io.retally.jobs.repprogress.TestingCompany.contact;
import static io.retally.jobs.repprogress.TestingCompany.enrolled;
import static io.retally.jobs.repprogress.TestingCompany.opened;
import static io.retally.jobs.repprogress.TestingCompany.sales;
import static io.retally.jobs.repprogress.TestingLedgers.UNBOUNDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operator {@code keep-ledgers} on both state backends: restore, rescale, and when it settles. */
class KeepLedgersTest {

    private static final List<String> REPS =
            IntStream.range(0, 40).mapToObj(i -> "rep " + i).toList();

    @TempDir
    Path folder;

    private TestingLedgers ledgersOfAnn(TestingBackend.Kind kind) throws Exception {
        TestingLedgers ledgers = new TestingLedgers(kind, folder, 1, UNBOUNDED);
        ledgers.add(ACME, sales("intro", "pitch"), contact("Ann"), enrolled("Ann"), opened("Ann", "intro"));
        return ledgers;
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsPassedOnBeforeTheBarrierAndNothingTwice(TestingBackend.Kind kind) throws Exception {
        try (TestingLedgers ledgers = ledgersOfAnn(kind)) {
            assertThat(ledgers.passedOn().isNothing()).isTrue();
            assertThat(ledgers.settled().programSummary("lessons_opened")).isEqualTo(1);
            assertThat(ledgers.settled().isNothing()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCameAfterTheCheckpointIsForgottenUntilItIsReadAgain(TestingBackend.Kind kind) throws Exception {
        try (TestingLedgers ledgers = ledgersOfAnn(kind)) {
            Subtasks.States checkpoint = ledgers.barrier();
            ledgers.passedOn();
            ledgers.add(opened("Ann", "pitch"), sales("intro", "pitch", "close"));
            ledgers.restore(checkpoint, 1);
            assertThat(ledgers.settled().isNothing()).isTrue();

            ledgers.add(opened("Ann", "pitch"), sales("intro", "pitch", "close"));
            TestingLedgers.Passed passed = ledgers.settled();
            assertThat(passed.programSummary("lessons_opened")).isEqualTo(1);
            assertThat(passed.programSummary("reps_enrolled")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRestoredWorldIsTheOneThatRepsWereSettledWith(TestingBackend.Kind kind) throws Exception {
        try (TestingLedgers ledgers = ledgersOfAnn(kind)) {
            Subtasks.States checkpoint = ledgers.barrier();
            ledgers.restore(checkpoint, 1);
            ledgers.add(ACME, sales("intro", "pitch"));
            assertThat(ledgers.settled().isNothing())
                    .as("the same account and program again change nothing")
                    .isTrue();

            ledgers.add(sales("pitch"));
            assertThat(ledgers.settled().programSummary("lessons_opened"))
                    .as("what the lesson counted under the restored plan is retracted")
                    .isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rescaledEachRepIsOnTheOneSubtaskThatItsRecordsComeTo(TestingBackend.Kind kind) throws Exception {
        try (TestingLedgers ledgers = new TestingLedgers(kind, folder, 2, UNBOUNDED)) {
            ledgers.add(ACME, sales("intro"));
            for (String rep : REPS) {
                ledgers.add(contact(rep), enrolled(rep), opened(rep, "intro"));
            }
            Subtasks.States checkpoint = ledgers.barrier();
            for (int parallelism : new int[] {4, 3, 1, 4, 2}) {
                ledgers.restore(checkpoint, parallelism);
                assertThat(ledgers.reps()).isEqualTo(ledgers.repsBySubtask(REPS));

                ledgers.add(sales("pitch"));
                assertThat(ledgers.settled().programSummary("lessons_opened"))
                        .as("every rep is found, once, when the program changes at parallelism %d", parallelism)
                        .isEqualTo(-REPS.size());
                ledgers.add(sales("intro"));
                checkpoint = ledgers.barrier();
                assertThat(ledgers.passedOn().programSummary("lessons_opened")).isEqualTo(REPS.size());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEditFindsWhoWasEnrolledSinceTheEditBefore(TestingBackend.Kind kind) throws Exception {
        try (TestingLedgers ledgers = ledgersOfAnn(kind)) {
            ledgers.add(sales("intro"));
            assertThat(ledgers.settled().programSummary("lessons_opened")).isEqualTo(1);
            ledgers.add(contact("Bob"), enrolled("Bob"), opened("Bob", "intro"));
            assertThat(ledgers.settled().programSummary("lessons_opened")).isEqualTo(1);

            ledgers.add(sales("pitch"));
            assertThat(ledgers.settled().programSummary("lessons_opened")).isEqualTo(-2);

            ledgers.remove(enrolled("Ann"));
            ledgers.settled();
            ledgers.add(sales("intro"));
            assertThat(ledgers.settled().programSummary("lessons_opened"))
                    .as("Bob's alone, as Ann has left")
                    .isEqualTo(1);
            ledgers.add(enrolled("Ann"));
            assertThat(ledgers.settled().programSummary("lessons_opened")).isEqualTo(1);
            ledgers.add(sales("pitch"));
            assertThat(ledgers.settled().programSummary("lessons_opened"))
                    .as("both, as Ann has come back")
                    .isEqualTo(-2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void settlingEarlyComesToTheSame(TestingBackend.Kind kind) throws Exception {
        try (TestingLedgers patient = new TestingLedgers(kind, folder, 1, UNBOUNDED);
                TestingLedgers hasty = new TestingLedgers(kind, folder, 1, 3)) {
            for (TestingLedgers ledgers : List.of(patient, hasty)) {
                ledgers.add(ACME, sales("intro", "pitch"));
                for (String rep : REPS) {
                    ledgers.add(contact(rep), enrolled(rep), opened(rep, "intro"), opened(rep, "pitch"));
                }
                ledgers.barrier();
            }
            assertThat(hasty.passedOn()).isEqualTo(patient.passedOn());

            for (TestingLedgers ledgers : List.of(patient, hasty)) {
                ledgers.add(sales("pitch"));
                ledgers.remove(opened("rep 0", "pitch"), opened("rep 1", "pitch"), enrolled("rep 2"), contact("rep 3"));
            }
            assertThat(patient.passedOn().isNothing()).isTrue();
            assertThat(hasty.passedOn().programSummary("lessons_opened"))
                    .as("settled before the barrier, with the plan of the barrier before")
                    .isEqualTo(-4);
            assertThat(hasty.settled().programSummary("lessons_opened")).isEqualTo(-40);
            assertThat(patient.settled().programSummary("lessons_opened")).isEqualTo(-44);
        }
    }
}
