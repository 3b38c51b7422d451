/**
 * A MongoDB for the embedded stack: the wire protocol of a one-node replica set with change streams, in memory.
 *
 * <p>It is a stand-in for development and tests. Commands, queries and updates are those of mongo-java-server; storage,
 * change streams and the manners of a replica set are ours. Not there: transactions, sharding, users, retryable writes that
 * are recognised as repeated, files on disk.
 */
@NullMarked
package io.retally.devkit.mongo;

import org.jspecify.annotations.NullMarked;
