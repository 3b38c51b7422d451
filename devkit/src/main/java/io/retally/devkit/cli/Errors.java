package io.retally.devkit.cli;

import io.retally.devkit.stack.StackException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What went wrong in one line, and the next step in another. */
final class Errors {
    private Errors() {}

    static int usage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("retally: " + failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Next: see `" + script(command) + " --help`.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    static int execution(Exception failure, CommandLine command, ParseResult result) {
        PrintWriter err = command.getErr();
        Retally root = (Retally) command.getCommandSpec().root().userObject();
        if (root.isVerbose()) {
            failure.printStackTrace(err);
        }
        if (failure instanceof StackException stack) {
            err.println("retally: " + stack.getMessage() + ".");
            err.println("Next: " + stack.nextStep() + ".");
        } else {
            String message = failure.getMessage();
            String first =
                    message == null ? "" : ": " + message.lines().findFirst().orElse("");
            err.println("retally: " + failure.getClass().getSimpleName() + first);
            err.println("Next: run it again with --verbose to see where, and `./retally status` to see the stack.");
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static String script(CommandLine command) {
        return "./" + command.getCommandSpec().qualifiedName();
    }
}
