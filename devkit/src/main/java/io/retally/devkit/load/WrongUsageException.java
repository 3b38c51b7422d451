package io.retally.devkit.load;

import java.io.Serial;

/** Options that make no sense, by themselves or together; said before anything is loaded. */
public final class WrongUsageException extends LoadException {
    @Serial
    private static final long serialVersionUID = 1L;

    public WrongUsageException(String message) {
        super(message);
    }
}
