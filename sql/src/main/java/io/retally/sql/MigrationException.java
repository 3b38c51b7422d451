package io.retally.sql;

import java.io.Serial;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;

/** Why a database cannot be migrated, in one line. Nothing of it was changed. */
public final class MigrationException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    MigrationException(String message) {
        super(message);
    }

    MigrationException(FlywayException cause) {
        super(reason(cause), cause);
    }

    /** What PostgreSQL said, if it did; Flyway's own messages are long. */
    private static String reason(FlywayException failure) {
        String reason = String.valueOf(failure.getMessage());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                reason = String.valueOf(sql.getMessage());
            }
        }
        return reason.strip().lines().map(String::strip).limit(3).reduce("", (a, b) -> a.isEmpty() ? b : a + "; " + b);
    }
}
