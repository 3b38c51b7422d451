package io.retally.devkit.chaos;

import io.retally.devkit.load.ChangeOfDocument;

/**
 * What the load does next.
 *
 * @param archived written to a backfill topic, as from a retired database; otherwise to MongoDB
 */
record Step(boolean archived, ChangeOfDocument change) {}
