package io.retally.devkit.load.destination;

import io.retally.devkit.load.ChangeOfDocument;

/**
 * Where changes of documents are written. Changes of one document are applied in the order of {@link #accept}; those of
 * different documents in any. Used from one thread.
 */
public interface Target extends AutoCloseable {

    /** Takes a change; it is written soon, at the latest at {@link #flush}. */
    void accept(ChangeOfDocument change);

    /** Returns when everything accepted so far is written, or throws what stopped it. */
    void flush();

    /** How many inserted documents were there before, and so were left as they are. */
    default long alreadyThere() {
        return 0;
    }

    @Override
    void close();
}
