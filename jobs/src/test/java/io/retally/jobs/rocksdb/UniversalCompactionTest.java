package io.retally.jobs.rocksdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** RocksDB alone, with files that nothing but their age lets it compact. */
class UniversalCompactionTest {
    private static final String NAME = "Zephyrine Quackenbush";
    private static final byte[] DOCUMENT = "document".getBytes(US_ASCII);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int NEVER = 1_000_000;

    @TempDir
    Path folder;

    @Test
    void aDeletionIsMergedByAgeWithItsValueInAnOlderRun() throws Exception {
        whenOld((db, flush) -> {
            db.put(DOCUMENT, NAME.getBytes(US_ASCII));
            db.flush(flush);
            db.compactRange(); // to the last level
            db.delete(DOCUMENT);
            db.flush(flush);
        });
    }

    @Test
    void aDeletionIsMergedByAgeWithItsValueOfTheSameTime() throws Exception {
        whenOld((db, flush) -> {
            db.put(DOCUMENT, NAME.getBytes(US_ASCII));
            db.flush(flush);
            db.delete(DOCUMENT);
            db.flush(flush);
        });
    }

    private interface Writing {
        void write(RocksDB db, FlushOptions flush) throws RocksDBException;
    }

    private void whenOld(Writing writing) throws Exception {
        try (ColumnFamilyOptions base = new ColumnFamilyOptions().setCompressionType(CompressionType.NO_COMPRESSION);
                ColumnFamilyOptions options = new UniversalCompaction(SOON)
                        .createColumnOptions(base, new ArrayList<>())
                        .setBottommostCompressionType(CompressionType.NO_COMPRESSION)
                        .setLevel0FileNumCompactionTrigger(NEVER)
                        .setLevel0SlowdownWritesTrigger(NEVER)
                        .setLevel0StopWritesTrigger(NEVER);
                DBOptions settings = new DBOptions().setCreateIfMissing(true);
                FlushOptions flush = new FlushOptions().setWaitForFlush(true);
                RocksDB db = open(settings, options)) {
            writing.write(db, flush);
            assertThat(RocksFiles.holding(folder, NAME)).isNotEmpty();
            // RocksDB looks at the files' age whenever one is added.
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                db.put("other".getBytes(US_ASCII), new byte[1]);
                db.flush(flush);
                return RocksFiles.holding(folder, NAME).isEmpty();
            });
        }
    }

    @Test
    void mergesBySizeAndWithinAWeekAndLetsFlushesPass() {
        RocksDB.loadLibrary();
        try (ColumnFamilyOptions usual = new ColumnFamilyOptions();
                ColumnFamilyOptions options =
                        new UniversalCompaction().createColumnOptions(new ColumnFamilyOptions(), new ArrayList<>())) {
            assertThat(options.level0SlowdownWritesTrigger())
                    .as("files before a checkpoint's flush waits")
                    .isGreaterThan(usual.level0SlowdownWritesTrigger())
                    .isLessThan(options.level0StopWritesTrigger());
            assertThat(options.compactionStyle()).isEqualTo(CompactionStyle.UNIVERSAL);
            assertThat(Duration.ofSeconds(options.periodicCompactionSeconds())).isLessThan(Duration.ofDays(7));
            assertThat(options.ttl()).isEqualTo(options.periodicCompactionSeconds());
        }
    }

    /** Ids of 24 hexadecimal digits, as most are: what is merged to the end takes less than by the compression of new files. */
    @Test
    void whatIsMergedToTheEndIsCompressedMore() throws Exception {
        try (ColumnFamilyOptions base =
                        new ColumnFamilyOptions().setCompressionType(CompressionType.SNAPPY_COMPRESSION);
                ColumnFamilyOptions options = new UniversalCompaction().createColumnOptions(base, new ArrayList<>());
                DBOptions settings = new DBOptions().setCreateIfMissing(true);
                FlushOptions flush = new FlushOptions().setWaitForFlush(true);
                RocksDB db = open(settings, options)) {
            Random random = new Random(1);
            for (int i = 0; i < 20_000; i++) {
                db.put(id(random).getBytes(US_ASCII), (id(random) + id(random)).getBytes(US_ASCII));
            }
            db.flush(flush);
            long flushed = db.getLongProperty("rocksdb.live-sst-files-size");
            db.compactRange();
            assertThat(db.getLongProperty("rocksdb.live-sst-files-size")).isLessThan(flushed * 3 / 4);
        }
    }

    private static String id(Random random) {
        return "%016x%08x".formatted(random.nextLong(), random.nextInt());
    }

    private RocksDB open(DBOptions settings, ColumnFamilyOptions options) throws RocksDBException {
        List<ColumnFamilyHandle> families = new ArrayList<>();
        return RocksDB.open(
                settings,
                folder.toString(),
                List.of(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options)),
                families);
    }
}
