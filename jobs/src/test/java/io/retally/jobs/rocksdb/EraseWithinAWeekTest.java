package io.retally.jobs.rocksdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** RocksDB alone, with files that nothing but their age lets it compact. */
class EraseWithinAWeekTest {
    private static final String NAME = "Zephyrine Quackenbush";
    private static final byte[] DOCUMENT = "document".getBytes(US_ASCII);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration NOT_NOW = Duration.ofDays(1);
    private static final int NEVER = 1_000_000;

    @TempDir
    Path folder;

    @Test
    void aDeletionAboveItsValueIsMergedWithItByAge() throws Exception {
        whenOld(new EraseWithinAWeek(SOON, NOT_NOW), (db, flush) -> {
            db.put(DOCUMENT, NAME.getBytes(US_ASCII));
            db.flush(flush);
            db.compactRange(); // to the next level
            db.delete(DOCUMENT);
            db.flush(flush);
        });
    }

    @Test
    void aDeletionBesideItsValueIsRewrittenWithItByAge() throws Exception {
        whenOld(new EraseWithinAWeek(NOT_NOW, SOON), (db, flush) -> {
            db.put(DOCUMENT, NAME.getBytes(US_ASCII));
            db.flush(flush);
            db.delete(DOCUMENT);
            db.flush(flush);
            db.compactRange(); // both, side by side
        });
    }

    private interface Writing {
        void write(RocksDB db, FlushOptions flush) throws RocksDBException;
    }

    private void whenOld(EraseWithinAWeek factory, Writing writing) throws Exception {
        try (ColumnFamilyOptions base = new ColumnFamilyOptions()
                        .setCompressionType(CompressionType.NO_COMPRESSION)
                        .setLevel0FileNumCompactionTrigger(NEVER)
                        .setLevel0SlowdownWritesTrigger(NEVER)
                        .setLevel0StopWritesTrigger(NEVER);
                ColumnFamilyOptions options = factory.createColumnOptions(base, new ArrayList<>());
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
    void isAWeekUnlessToldOtherwise() {
        RocksDB.loadLibrary();
        try (ColumnFamilyOptions options =
                new EraseWithinAWeek().createColumnOptions(new ColumnFamilyOptions(), new ArrayList<>())) {
            assertThat(Duration.ofSeconds(options.ttl() + options.periodicCompactionSeconds()))
                    .isEqualTo(Duration.ofDays(7));
        }
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
