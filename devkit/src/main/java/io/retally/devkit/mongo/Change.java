package io.retally.devkit.mongo;

import org.jspecify.annotations.Nullable;

/**
 * One write as the log keeps it.
 *
 * @param sequence its place in the log, without gaps
 * @param clusterTime a BSON timestamp: seconds in the upper half, a count within the second in the lower; rising
 * @param wallMillis the clock when it was written
 * @param collection null for a dropped database
 * @param id the document's id; null for a drop
 * @param after the document as stored; null when gone
 * @param before the document as it was stored; null when new
 */
@SuppressWarnings("ArrayRecordComponent") // shared with the storage, never compared
record Change(
        long sequence,
        long clusterTime,
        long wallMillis,
        Operation operation,
        String database,
        @Nullable String collection,
        @Nullable Object id,
        byte @Nullable [] after,
        byte @Nullable [] before) {}
