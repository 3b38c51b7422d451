package io.retally.devkit.load;

import io.retally.devkit.stack.StackException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code load}: puts documents into a running stack. */
@Command(
        name = "load",
        description = "Puts documents into a running stack: real ones, generated ones, or changes to what is there.",
        subcommands = {
            LoadOuladCommand.class,
            LoadGeneratedCommand.class,
            LoadChangesCommand.class,
            LoadMalformedCommand.class
        },
        mixinStandardHelpOptions = true)
public final class LoadCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to load: oulad, generated, changes or malformed.");
    }

    /**
     * Runs a subcommand; 1 and the message alone if the person at the command line can do something about it.
     *
     * @throws ParameterException if it is the command line that is wrong
     */
    static int orExplain(CommandSpec spec, Runnable load) {
        PrintWriter err = spec.commandLine().getErr();
        try {
            load.run();
            return 0;
        } catch (WrongUsageException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        } catch (LoadException explained) {
            err.println("retally: " + explained.getMessage());
        } catch (StackException explained) {
            err.println("retally: " + explained.getMessage() + ".");
            err.println("Next: " + explained.nextStep() + ".");
        }
        err.flush();
        return 1;
    }
}
