package io.retally.devkit.verify;

import io.retally.oracle.Assignments;
import io.retally.oracle.Progress;
import io.retally.oracle.TableComparison;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** MongoDB's collection {@code assignments} beside its definition over the current documents. */
final class AssignmentCheck {
    /** The job may be restarting, and is a checkpoint or two behind what it has read; after so long without any change it is done. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private AssignmentCheck() {}

    /**
     * Compares until they are equal, or MongoDB's documents have not changed for a while.
     *
     * @param scratch has the contract's tables over the current documents
     */
    static TableComparison compare(Connection scratch, Capturing mongodb, Progress progress)
            throws SQLException, InterruptedException {
        progress.beginning("comparing assignments", 0, 1);
        Assignments definition = Assignments.in(scratch);
        definition.rules(mongodb.all("assignment_rules"));
        var stored = mongodb.all("assignments");
        Instant changed = Instant.now();
        while (true) {
            TableComparison comparison = definition.compare(stored, Instant.now());
            if (comparison.isEqual() || Duration.between(changed, Instant.now()).compareTo(PATIENCE) > 0) {
                return comparison;
            }
            Thread.sleep(PAUSE.toMillis());
            var now = mongodb.all("assignments");
            if (!now.equals(stored)) {
                stored = now;
                changed = Instant.now();
            }
        }
    }
}
