package io.retally.jobs.repprogress;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.serving.Row;
import io.retally.core.serving.RowKey;
import io.retally.core.serving.ServingTable;
import io.retally.core.total.Difference;
import io.retally.core.total.TotalKey;
import io.retally.jobs.postgres.StageRows;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operator {@code accumulate-totals} on both state backends: when rows are passed on, restore and rescale. */
class AccumulateTest {

    private static final int UNBOUNDED = Integer.MAX_VALUE;
    private static final int SEGMENTS = 40;

    @TempDir
    Path folder;

    private TestingOperator<Difference, Row> totals(TestingBackend.Kind kind, int maxWaiting, int maxCached)
            throws Exception {
        return new TestingOperator<>(
                kind,
                folder,
                () -> new Accumulate(maxWaiting, maxCached),
                Difference::key,
                StageRows.ROW_TYPE.createSerializer());
    }

    private TestingOperator<Difference, Row> totals(TestingBackend.Kind kind) throws Exception {
        return totals(kind, UNBOUNDED, UNBOUNDED);
    }

    /** So many viewers more (or fewer) of a segment, each with one view. */
    private static Difference viewers(int segment, long viewers) {
        return new Difference(key(segment), "acme", new long[] {viewers, viewers, viewers});
    }

    private static String key(int segment) {
        return TotalKey.of(ServingTable.LESSON_SEGMENT, "sales", "intro", segment);
    }

    private static Row watched(int segment, long viewers) {
        return Row.of(ServingTable.LESSON_SEGMENT, "sales", "intro", segment, "acme", viewers, viewers);
    }

    @ParameterizedTest
    @EnumSource
    void aRowIsPassedOnOnceAnEpoch(TestingBackend.Kind kind) throws Exception {
        try (TestingOperator<Difference, Row> totals = totals(kind)) {
            totals.process(viewers(0, 2));
            totals.process(viewers(0, 3));
            assertThat(totals.passedOn()).isEmpty();
            totals.barrier();
            assertThat(totals.passedOn()).containsExactly(watched(0, 5));
            totals.barrier();
            assertThat(totals.passedOn()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatNetsToZeroIsNotPassedOn(TestingBackend.Kind kind) throws Exception {
        try (TestingOperator<Difference, Row> totals = totals(kind)) {
            totals.process(viewers(0, 1));
            totals.process(viewers(0, -1));
            totals.barrier();
            assertThat(totals.passedOn()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTotalGoesWithItsLastRep(TestingBackend.Kind kind) throws Exception {
        try (TestingOperator<Difference, Row> totals = totals(kind)) {
            totals.process(viewers(0, 2));
            totals.barrier();
            assertThat(totals.subtasks().keys("total")).containsExactly(Set.of(key(0)));
            totals.passedOn();
            totals.process(viewers(0, -2));
            totals.barrier();
            assertThat(totals.passedOn()).containsExactly(watched(0, 2).deletion());
            assertThat(totals.subtasks().keys("total")).containsExactly(Set.of());
        }
    }

    @ParameterizedTest
    @EnumSource
    void differencesAfterTheCheckpointAreForgottenUntilTheyComeAgain(TestingBackend.Kind kind) throws Exception {
        try (TestingOperator<Difference, Row> totals = totals(kind)) {
            totals.process(viewers(0, 1));
            Subtasks.States checkpoint = totals.barrier();
            totals.process(viewers(0, 1));
            totals.restore(checkpoint, 1);
            totals.barrier();
            assertThat(totals.passedOn()).isEmpty();
            totals.process(viewers(0, 1));
            totals.barrier();
            assertThat(totals.passedOn()).containsExactly(watched(0, 2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void rescaledEachTotalIsOnOneSubtaskAndGoesOn(TestingBackend.Kind kind) throws Exception {
        try (TestingOperator<Difference, Row> totals = totals(kind)) {
            int viewers = 0;
            for (int parallelism : new int[] {1, 3, 2, 4, 1}) {
                totals.restore(totals.barrier(), parallelism);
                viewers++;
                for (int segment = 0; segment < SEGMENTS; segment++) {
                    totals.process(viewers(segment, 1));
                }
                totals.barrier();
                int expected = viewers;
                assertThat(totals.passedOn())
                        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, SEGMENTS)
                                .mapToObj(segment -> watched(segment, expected))
                                .toList());
                assertThat(totals.subtasks().keys("total").stream().flatMap(Set::stream))
                        .hasSize(SEGMENTS);
            }
        }
    }

    /** What was forgotten is read from state. */
    @ParameterizedTest
    @EnumSource
    void rememberingFewTotalsComesToTheSame(TestingBackend.Kind kind) throws Exception {
        try (TestingOperator<Difference, Row> totals = totals(kind, UNBOUNDED, 3)) {
            for (int round = 1; round <= 5; round++) {
                int segments = round % 2 == 0 ? 2 : SEGMENTS; // those of the even rounds are remembered in the next one
                for (int segment = 0; segment < segments; segment++) {
                    totals.process(viewers(segment, 1));
                }
                totals.barrier();
                int all = round;
                int odd = (round + 1) / 2;
                assertThat(totals.passedOn())
                        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, segments)
                                .mapToObj(segment -> watched(segment, segment < 2 ? all : odd))
                                .toList());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTotalThatWentIsForgotten(TestingBackend.Kind kind) throws Exception {
        try (TestingOperator<Difference, Row> totals = totals(kind)) {
            for (long viewers : new long[] {2, -2, 1}) {
                totals.process(viewers(0, viewers));
                totals.barrier();
            }
            assertThat(totals.passedOn())
                    .containsExactly(watched(0, 2), watched(0, 2).deletion(), watched(0, 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void addingEarlyComesToTheSame(TestingBackend.Kind kind) throws Exception {
        try (TestingOperator<Difference, Row> totals = totals(kind, 3, UNBOUNDED)) {
            for (int round = 0; round < 5; round++) {
                for (int segment = 0; segment < SEGMENTS; segment++) {
                    totals.process(viewers(segment, 1));
                }
            }
            List<Row> early = totals.passedOn();
            assertThat(early).hasSizeGreaterThan(SEGMENTS);
            totals.barrier();
            Map<RowKey, Row> last = new HashMap<>();
            early.forEach(row -> last.put(RowKey.of(row), row));
            totals.passedOn().forEach(row -> last.put(RowKey.of(row), row));
            assertThat(Set.copyOf(last.values()))
                    .isEqualTo(IntStream.range(0, SEGMENTS)
                            .mapToObj(segment -> watched(segment, 5))
                            .collect(Collectors.toSet()));
        }
    }
}
