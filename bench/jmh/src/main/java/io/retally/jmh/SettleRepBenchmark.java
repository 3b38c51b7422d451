package io.retally.jmh;

import io.retally.core.document.Interaction;
import io.retally.core.ledger.RepChanges;
import io.retally.core.total.DifferenceBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A rep's ledger brought up to date, with the rows and differences that come of it: all that a rep did in a lesson is taken
 * back, and counted again. So the ledgers are as before, and each of the two settlements is of a sitting's changes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class SettleRepBenchmark {
    private Company company;
    private List<List<Interaction>> lessons;
    private DifferenceBuffer totals;
    private int next;

    @Setup
    public void setUp() {
        company = new Company();
        lessons = company.lessons();
        totals = new DifferenceBuffer();
    }

    @Benchmark
    public void takeBackAndCountAgain(Blackhole rows) {
        List<Interaction> lesson = lessons.get(next);
        next = (next + 1) % lessons.size();
        settle(lesson, -1, rows);
        settle(lesson, 1, rows);
    }

    private void settle(List<Interaction> lesson, int count, Blackhole rows) {
        RepChanges changes = new RepChanges();
        lesson.forEach(interaction -> changes.interaction(interaction, count));
        company.settle(lesson.get(0).contactId(), changes, rows::consume, totals);
        totals.drainTo(rows::consume);
    }
}
