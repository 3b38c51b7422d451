package io.retally.jobs.change;

/**
 * Where a change comes from. As soon as a live topic has said anything of an id, the live topic alone decides. The order
 * is part of the state format: append only.
 */
public enum Origin {
    LIVE,
    BACKFILL
}
