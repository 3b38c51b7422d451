package io.retally.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.ledger.RepChanges;
import io.retally.core.serving.Row;
import io.retally.core.total.Difference;
import io.retally.core.total.DifferenceBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

class BenchmarksTest {
    /** What they measure is not judged. */
    @Test
    void eachRuns() throws Exception {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(10))
                        .shouldFailOnError(true)
                        .build())
                .run();
        assertThat(results)
                .extracting(result -> result.getPrimaryResult().getLabel())
                .containsExactlyInAnyOrder("decode", "takeBackAndCountAgain", "encode", "encode");
    }

    /** Else settling would measure something else each time. */
    @Test
    void whatIsTakenBackAndCountedAgainLeavesNothing() {
        Company company = new Company();
        DifferenceBuffer totals = new DifferenceBuffer();
        List<Row> rows = new ArrayList<>();
        company.lessons().forEach(lesson -> {
            for (int count : new int[] {-1, 1}) {
                RepChanges changes = new RepChanges();
                lesson.forEach(interaction -> changes.interaction(interaction, count));
                company.settle(lesson.get(0).contactId(), changes, rows::add, totals);
            }
        });
        List<Difference> differences = new ArrayList<>();
        totals.drainTo(differences::add);
        assertThat(differences).isEmpty();
        assertThat(rows).anyMatch(Row::isDeletion).anyMatch(row -> !row.isDeletion());
    }
}
