@NullMarked
package io.retally.bench.ingest;

import org.jspecify.annotations.NullMarked;
