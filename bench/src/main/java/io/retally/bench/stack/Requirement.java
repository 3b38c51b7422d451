package io.retally.bench.stack;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a benchmark's arguments must be. */
public final class Requirement {
    private Requirement() {}

    /** Throws ParameterException, which ends the command with this sentence and its usage, unless it is fulfilled. */
    public static void require(CommandSpec command, boolean isFulfilled, String otherwise) {
        if (!isFulfilled) {
            throw new ParameterException(command.commandLine(), otherwise);
        }
    }
}
