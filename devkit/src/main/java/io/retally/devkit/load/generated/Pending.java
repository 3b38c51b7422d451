package io.retally.devkit.load.generated;

import io.retally.devkit.load.ChangeOfDocument;

/** A change that is going to arrive at a time. Documents are made when they are asked for: steps are kept small. */
interface Pending {

    /** When the change arrives, in milliseconds since 1970 UTC. */
    long arrivesAt();

    ChangeOfDocument change();

    /** A change of a document other than an interaction. */
    record Other(long arrivesAt, ChangeOfDocument change) implements Pending {}
}
