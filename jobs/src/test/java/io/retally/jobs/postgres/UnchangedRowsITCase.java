package io.retally.jobs.postgres;

import static io.retally.jobs.postgres.TestingRows.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.serving.ServingTable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A staged row that equals the published one is not written. */
class UnchangedRowsITCase {

    @RegisterExtension
    final TestingTables tables = new TestingTables();

    @Test
    void inOneChunk() throws Exception {
        try (TestingJob job = TestingJob.start(tables.target())) {
            write(job, 1);
            job.publish(1);
            List<String> written = written();
            write(job, 1);
            job.publish(2);
            assertThat(written()).isEqualTo(written);
            write(job, 2);
            job.publish(3);
            assertThat(written()).hasSameSizeAs(written).doesNotContainAnyElementsOf(written);
        }
    }

    @Test
    void inSeveralChunks() throws Exception {
        try (TestingJob job = TestingJob.start(tables.target())) {
            write(job, 1);
            job.publish(1);
            List<String> written = written();
            write(job, 2);
            job.stage();
            write(job, 1);
            job.publish(2);
            assertThat(written()).isEqualTo(written);
        }
    }

    private static void write(TestingJob job, int version) throws Exception {
        for (ServingTable table : ServingTable.values()) {
            job.write(version(table, version));
        }
    }

    /** The transaction that wrote each table's row. */
    private List<String> written() {
        return List.of(ServingTable.values()).stream()
                .flatMap(
                        table -> tables.rows("select '" + table + "', xmin from serving." + table.tableName()).stream())
                .toList();
    }
}
