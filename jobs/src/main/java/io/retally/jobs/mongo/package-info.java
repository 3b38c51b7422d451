/** Retally's end at MongoDB: a bounded source of the documents as they are now, and the sink of assignments. */
@NullMarked
package io.retally.jobs.mongo;

import org.jspecify.annotations.NullMarked;
