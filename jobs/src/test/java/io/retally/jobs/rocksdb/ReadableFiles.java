package io.retally.jobs.rocksdb;

import java.util.Collection;
import org.apache.flink.contrib.streaming.state.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;

/** As in production, but nothing is compressed: what is in a file is found there. */
public final class ReadableFiles implements RocksDBOptionsFactory {
    private static final long serialVersionUID = 1;

    private final UniversalCompaction production = new UniversalCompaction();

    @Override
    public DBOptions createDBOptions(DBOptions options, Collection<AutoCloseable> handlesToClose) {
        return production.createDBOptions(options, handlesToClose);
    }

    @Override
    public ColumnFamilyOptions createColumnOptions(
            ColumnFamilyOptions options, Collection<AutoCloseable> handlesToClose) {
        return production
                .createColumnOptions(options, handlesToClose)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setBottommostCompressionType(CompressionType.NO_COMPRESSION);
    }
}
