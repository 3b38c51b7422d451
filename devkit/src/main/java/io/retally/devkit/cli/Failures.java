package io.retally.devkit.cli;

import io.retally.devkit.stack.Part;
import io.retally.devkit.stack.PartFailure;
import io.retally.devkit.stack.StackException;
import java.util.concurrent.Callable;

/** Failures of the parts of a running stack, with the next step. */
final class Failures {
    private Failures() {}

    static <T> T told(Callable<T> action) throws Exception {
        try {
            return action.call();
        } catch (PartFailure failure) {
            throw new StackException(
                    String.valueOf(failure.getMessage()),
                    "see `./retally status`"
                            + failure.part()
                                    .map(Part::label)
                                    .map(label -> " and `./retally logs " + label + "`")
                                    .orElse(""),
                    failure);
        }
    }
}
