/** How fast change logs become tables, beside ceilings and peers on the same machine. */
@NullMarked
package io.retally.bench.ingest;

import org.jspecify.annotations.NullMarked;
