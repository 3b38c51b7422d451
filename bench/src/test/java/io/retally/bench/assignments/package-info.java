/** Tests of benchmark `assignments`. */
@NullMarked
package io.retally.bench.assignments;

import org.jspecify.annotations.NullMarked;
