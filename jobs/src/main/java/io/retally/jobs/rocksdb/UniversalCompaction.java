package io.retally.jobs.rocksdb;

import java.time.Duration;
import java.util.Collection;
import org.apache.flink.contrib.streaming.state.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;

/**
 * How RocksDB merges its files. Each epoch's checkpoint flushes what was written: a small file for every state, twice a
 * second.
 * <ul>
 *   <li>By size: small files are merged with small ones. By levels, which is the default, each few of them are merged with the
 *       256 MB of the first level, so that a compaction takes seconds, and the more files wait meanwhile.
 *   <li>A flush does not wait for compactions before {@value #FILES_THAT_SLOW_WRITING} files are there. By default it does at
 *       20, and with it the barrier.
 *   <li>By age: RocksDB only notes a deletion; the bytes go when a compaction brings note and value together. Where little is
 *       written that may take as long as it likes, so when a file is six days old all are merged. What was deleted or
 *       overwritten is gone from the files within a week.
 *   <li>The large old files are compressed by Zstandard, the small new ones by Snappy as all are by default. A document of 7.9 million
 *       takes 28 bytes in the place of 39 then; merging and reading take as long.
 * </ul>
 *
 * <p>Named in Flink's configuration by {@code state.backend.rocksdb.options-factory}. Flink's own options reach the style alone;
 * its periodic compaction is for states with a time to live.
 */
public final class UniversalCompaction implements RocksDBOptionsFactory {
    private static final long serialVersionUID = 1;

    /** Fewer would be merged more often; of more, each reading of a state looks into as many. By default 4. */
    private static final int FILES_TO_MERGE = 8;

    private static final int FILES_THAT_SLOW_WRITING = 40;
    private static final int FILES_THAT_STOP_WRITING = 60;

    private final long mergedAfterSeconds;

    public UniversalCompaction() {
        this(Duration.ofDays(6));
    }

    UniversalCompaction(Duration mergedAfter) {
        this.mergedAfterSeconds = mergedAfter.toSeconds();
    }

    @Override
    public DBOptions createDBOptions(DBOptions options, Collection<AutoCloseable> handlesToClose) {
        return options;
    }

    @Override
    public ColumnFamilyOptions createColumnOptions(
            ColumnFamilyOptions options, Collection<AutoCloseable> handlesToClose) {
        return options.setCompactionStyle(CompactionStyle.UNIVERSAL)
                .setLevel0FileNumCompactionTrigger(FILES_TO_MERGE)
                .setLevel0SlowdownWritesTrigger(FILES_THAT_SLOW_WRITING)
                .setLevel0StopWritesTrigger(FILES_THAT_STOP_WRITING)
                .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION)
                .setPeriodicCompactionSeconds(mergedAfterSeconds)
                // RocksDB takes the shorter of the two for this style; its own default would be 30 days.
                .setTtl(mergedAfterSeconds);
    }
}
