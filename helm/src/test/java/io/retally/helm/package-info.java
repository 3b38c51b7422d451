/** What holds the chart and Flink's configuration true: to Helm, to the operator, to Flink, to the rest of the project. */
@NullMarked
package io.retally.helm;

import org.jspecify.annotations.NullMarked;
