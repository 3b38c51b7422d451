package io.retally.devkit.load;

import java.io.Serial;

/** A load that cannot go on, with what was wrong and the next step: a message for the person at the command line. */
public sealed class LoadException extends RuntimeException permits WrongUsageException {
    @Serial
    private static final long serialVersionUID = 1L;

    public LoadException(String message) {
        super(message);
    }

    public LoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
