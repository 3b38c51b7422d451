package io.retally.bench.recovery;

import java.time.Duration;

/**
 * The job stopped with a savepoint and started from it.
 *
 * @param stopped until the savepoint was complete
 * @param fresh from the beginning until a change could be read that was appended when the job had ended
 * @param stoodStill from the last epoch of the job before to the first of the job after, by PostgreSQL's clock
 */
record Redeployed(Duration stopped, Duration fresh, Duration stoodStill) {}
