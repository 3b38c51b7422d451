/** How RocksDB keeps state, where Flink has no option for it. */
@NullMarked
package io.retally.jobs.rocksdb;

import org.jspecify.annotations.NullMarked;
