package io.retally.jobs.repprogress;

import io.retally.jobs.rocksdb.ReadableFiles;
import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackendFactory;
import org.apache.flink.contrib.streaming.state.RocksDBConfigurableOptions;
import org.apache.flink.contrib.streaming.state.RocksDBOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.SharedStateRegistry;
import org.apache.flink.runtime.state.SharedStateRegistryImpl;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;

/** Where the subtasks of a test keep their state, and what the job manager knows of the files that checkpoints share. */
public final class TestingBackend implements AutoCloseable {

    public enum Kind {
        HEAP,
        ROCKSDB
    }

    private final Kind kind;
    private final Path folder;
    private final SharedStateRegistry sharedFiles = new SharedStateRegistryImpl();

    /** Keeps the files of RocksDB in a folder. */
    public TestingBackend(Kind kind, Path folder) {
        this.kind = kind;
        this.folder = folder;
    }

    StateBackend stateBackend() throws Exception {
        if (kind == Kind.HEAP) {
            return new HashMapStateBackend();
        }
        Configuration configuration = new Configuration();
        configuration.set(RocksDBOptions.LOCAL_DIRECTORIES, folder.toString());
        // A harness has three megabytes for all of it.
        configuration.set(RocksDBOptions.USE_MANAGED_MEMORY, false);
        configuration.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
        configuration.set(RocksDBOptions.OPTIONS_FACTORY, ReadableFiles.class.getName());
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        return new EmbeddedRocksDBStateBackendFactory()
                .createFromConfig(configuration, TestingBackend.class.getClassLoader());
    }

    /** Puts the files of earlier checkpoints into one that is built on them. */
    OperatorSubtaskState completed(OperatorSubtaskState state, long checkpoint) {
        state.registerSharedStates(sharedFiles, checkpoint);
        return state;
    }

    @Override
    public void close() {
        try {
            sharedFiles.close();
        } catch (Exception e) {
            throw new IllegalStateException("RocksDB's shared files cannot be closed", e);
        }
    }
}
