package io.retally.jobs.repprogress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.contrib.streaming.state.RocksDBKeyedStateBackend;
import org.apache.flink.contrib.streaming.state.RocksDBKeyedStateBackend.RocksDbKvStateInfo;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** A keyed state backend as RocksDB has it: bytes, whatever state they belong to. */
final class RawState {
    private RawState() {}

    /** All entries: name of the state and key, to value; a char stands for a byte. */
    static Map<String, String> entries(RocksDBKeyedStateBackend<?> backend) throws ReflectiveOperationException {
        RocksDB db = (RocksDB) field(backend, "db");
        Map<String, String> entries = new HashMap<>();
        for (Map.Entry<?, ?> state : ((Map<?, ?>) field(backend, "kvStateInformation")).entrySet()) {
            RocksDbKvStateInfo info = (RocksDbKvStateInfo) state.getValue();
            try (RocksIterator iterator = db.newIterator(info.columnFamilyHandle)) {
                for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                    entries.put(
                            state.getKey() + " " + new String(iterator.key(), ISO_8859_1),
                            new String(iterator.value(), ISO_8859_1));
                }
            }
        }
        return entries;
    }

    /** Rewrites all files of all states. */
    static void compact(RocksDBKeyedStateBackend<?> backend) throws ReflectiveOperationException, RocksDBException {
        RocksDB db = (RocksDB) field(backend, "db");
        // Without force, files that do not overlap only change their level.
        try (CompactRangeOptions options =
                new CompactRangeOptions().setBottommostLevelCompaction(BottommostLevelCompaction.kForce)) {
            for (Object state : ((Map<?, ?>) field(backend, "kvStateInformation")).values()) {
                db.compactRange(((RocksDbKvStateInfo) state).columnFamilyHandle, null, null, options);
            }
        }
    }

    private static Object field(RocksDBKeyedStateBackend<?> backend, String name) throws ReflectiveOperationException {
        Field field = RocksDBKeyedStateBackend.class.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(backend);
    }
}
