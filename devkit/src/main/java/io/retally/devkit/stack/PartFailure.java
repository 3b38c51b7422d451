package io.retally.devkit.stack;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A part, or the job, that did not come up. */
public final class PartFailure extends RuntimeException {
    private final @Nullable Part part;

    /** Of a part whose log says more. */
    PartFailure(Part part, String what, @Nullable Throwable cause) {
        super(part.label() + " " + what, cause);
        this.part = part;
    }

    public Optional<Part> part() {
        return Optional.ofNullable(part);
    }
}
