@NullMarked
package io.retally.jobs.rocksdb;

import org.jspecify.annotations.NullMarked;
