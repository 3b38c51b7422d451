/** The peer in Flink SQL: the job's source, decoder and publication, and between them the contract's tables as queries. */
@NullMarked
package io.retally.bench.sql;

import org.jspecify.annotations.NullMarked;
