package io.retally.devkit.cli;

import io.retally.devkit.load.LoadCommand;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command `./retally`. Exit codes: 0 all is well, 1 the answer is 'no' or something failed, 2 wrong usage. */
@Command(
        name = "retally",
        description =
                "Totals that are true now: MongoDB's changes as PostgreSQL tables that never contradict each other.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        version = "retally 0.1.0-SNAPSHOT",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            LoadCommand.class,
            VerifyCommand.class,
            AuditCommand.class,
            ForgetCommand.class,
            WatchCommand.class,
            SqlCommand.class,
            SavepointCommand.class,
            UpgradeCommand.class,
            RescaleCommand.class,
            RebuildCommand.class,
            ChaosCommand.class,
            DemoCommand.class,
        },
        footer = {
            "",
            "Examples:",
            "  ./retally demo                    everything at once, until Ctrl-C",
            "  ./retally up                      start the stack and leave it running",
            "  ./retally COMMAND --help          what a command does, with examples"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class Retally implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the stack trace of what fails.")
    private boolean verbose;

    /** Kept, as the JDK forgets the level of a logger that nobody holds. */
    private static final java.util.logging.Logger DRIVER = java.util.logging.Logger.getLogger("org.postgresql");

    public static void main(String[] arguments) {
        // A server that is away is told of by whoever asks it, in a line and not in the driver's stack traces.
        DRIVER.setLevel(java.util.logging.Level.SEVERE);
        // Before the parts start side by side: loggers that two threads ask for first are told of on the terminal.
        LoggerFactory.getILoggerFactory();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Retally());
        ServiceLoader.load(Subcommand.class).forEach(commandLine::addSubcommand);
        commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                // Else a mistyped option becomes the value of the one before it, such as the name of a folder.
                .setUnmatchedOptionsAllowedAsOptionParameters(false)
                .setParameterExceptionHandler(Errors::usage)
                .setExecutionExceptionHandler(Errors::execution);
        commandLine.registerConverter(java.time.Duration.class, Durations::parse);
        commandLine.registerConverter(Path.class, Retally::path);
        return commandLine;
    }

    /** Nothing, as an unset variable of a script leaves it, would be the working directory. */
    private static Path path(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("'" + text + "' is no folder");
        }
        return Path.of(text);
    }

    boolean isVerbose() {
        return verbose;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
