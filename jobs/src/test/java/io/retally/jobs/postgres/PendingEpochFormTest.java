package io.retally.jobs.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.codec.Binary;
import io.retally.core.serving.ServingTable;
import io.retally.jobs.KeptBytes;
import io.retally.jobs.postgres.SourceProgress.TopicPartition;
import io.retally.jobs.postgres.StagedChunk.Counts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bytes of epochs that a savepoint holds unpublished. */
class PendingEpochFormTest {

    private static final String NAME = "pending-epoch";
    private static final int VERSION = 1;

    private static final PendingEpoch EPOCH = new PendingEpoch(
            300,
            1_700_000_000_000L,
            List.of(
                    new SourceProgress(
                            Map.of(new TopicPartition("retally.coaching.contacts", 3), 1L << 40), Long.MIN_VALUE),
                    new StagedChunk(7, 7, Map.of()),
                    new StagedChunk(8, 500, Map.of(ServingTable.LESSON, new Counts(200, 1)))));

    @Test
    void thisBuildWritesTheKeptBytes() throws Exception {
        KeptBytes.assertWritten(NAME, VERSION, Binary.toBytes(new PendingEpoch.Form(), EPOCH));
    }

    @Test
    void thisBuildReadsTheKeptBytesOfEveryVersion() throws Exception {
        for (int version = 1; version <= VERSION; version++) {
            assertThat(Binary.fromBytes(new PendingEpoch.Form(), KeptBytes.of(NAME, version)))
                    .isEqualTo(EPOCH);
        }
    }
}
