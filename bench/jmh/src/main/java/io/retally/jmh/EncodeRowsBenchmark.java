package io.retally.jmh;

import io.retally.core.serving.Row;
import io.retally.core.serving.ServingTable;
import io.retally.jobs.postgres.BinaryCopy;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Rows to the bytes that PostgreSQL takes, in chunks; the time is of a row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH sets the table and calls setUp first
public class EncodeRowsBenchmark {
    private static final int ROWS = 100;

    @Param({"REP_LESSON", "REP_PROGRAM"})
    private ServingTable table;

    private List<Row> rows;

    @Setup
    public void setUp() {
        rows = new Company()
                .rows().stream().filter(row -> row.table() == table).limit(ROWS).toList();
        if (rows.size() < ROWS) {
            throw new IllegalStateException("the company has only " + rows.size() + " rows of " + table);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public InputStream encode() throws IOException {
        BinaryCopy copy = new BinaryCopy(1, table.columns());
        for (Row row : rows) {
            copy.add(row);
        }
        return copy.finish();
    }
}
