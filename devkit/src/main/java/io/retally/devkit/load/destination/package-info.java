/** Where a load's documents go: MongoDB, or the topics as Debezium would write them. */
@NullMarked
package io.retally.devkit.load.destination;

import org.jspecify.annotations.NullMarked;
