package io.retally.core.document;

/** Where a change of a document was read. The order is part of the network format: append only. */
public enum Origin {
    /** The live topic of the collection: it alone decides as soon as it has said anything of a document. */
    LIVE,
    /** The backfill topic of the collection: documents from elsewhere, such as an archive. */
    BACKFILL
}
