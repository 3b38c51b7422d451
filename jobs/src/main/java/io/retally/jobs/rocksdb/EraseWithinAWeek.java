package io.retally.jobs.rocksdb;

import java.time.Duration;
import java.util.Collection;
import org.apache.flink.contrib.streaming.state.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;

/**
 * What was deleted or overwritten is gone from RocksDB's files a week later, mostly a day. RocksDB only notes a deletion; the
 * bytes go when a compaction brings note and value together. Where little is written that may take as long as it likes.
 * So files are compacted by their age, too:
 * <ul>
 *   <li>after a day, files above the last level are merged downwards: RocksDB's {@code ttl}, which is one of files and not of
 *       entries, and 30 days by default;
 *   <li>after six days, files are rewritten where they are. RocksDB moves files of one level down without reading them if they
 *       do not overlap, and takes a value and the note of its deletion, at the edges of two files, for no overlap.
 * </ul>
 *
 * <p>Named in Flink's configuration by {@code state.backend.rocksdb.options-factory}; Flink's own options reach neither, as its
 * periodic compaction is for states with a time to live.
 */
public final class EraseWithinAWeek implements RocksDBOptionsFactory {
    private static final long serialVersionUID = 1;

    private final long mergedAfterSeconds;
    private final long rewrittenAfterSeconds;

    public EraseWithinAWeek() {
        this(Duration.ofDays(1), Duration.ofDays(6));
    }

    EraseWithinAWeek(Duration mergedAfter, Duration rewrittenAfter) {
        this.mergedAfterSeconds = mergedAfter.toSeconds();
        this.rewrittenAfterSeconds = rewrittenAfter.toSeconds();
    }

    @Override
    public DBOptions createDBOptions(DBOptions options, Collection<AutoCloseable> handlesToClose) {
        return options;
    }

    @Override
    public ColumnFamilyOptions createColumnOptions(
            ColumnFamilyOptions options, Collection<AutoCloseable> handlesToClose) {
        return options.setTtl(mergedAfterSeconds).setPeriodicCompactionSeconds(rewrittenAfterSeconds);
    }
}
