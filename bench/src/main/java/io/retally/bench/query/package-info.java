/** How long managers wait for what dashboards ask, and how long other engines take to work it out of the documents. */
@NullMarked
package io.retally.bench.query;

import org.jspecify.annotations.NullMarked;
