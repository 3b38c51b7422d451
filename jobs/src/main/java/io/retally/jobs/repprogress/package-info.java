/** The job rep-progress: from changes of documents to serving tables. */
@NullMarked
package io.retally.jobs.repprogress;

import org.jspecify.annotations.NullMarked;
