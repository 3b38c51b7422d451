package io.retally.devkit.mongo;

import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The stand-in's arguments.
 *
 * @param port on loopback; 0 for any that is free
 * @param ringChanges how many changes the log holds, and so how far a change stream may fall behind before writers wait for it
 * @param patience how long writers wait for a change stream that does not come back
 */
record Settings(int port, int ringChanges, Duration patience) {

    static final String USAGE = """
            Usage: MongoDevServer [--port N] [--ring CHANGES] [--patience SECONDS]
              --port N            port on loopback, 0 for any that is free (27017)
              --ring CHANGES      changes that the log holds (1048576)
              --patience SECONDS  how long writers wait for a change stream that does not come back (60)
            """;

    private static final int MAX_PORT = 65_535;

    static final Settings DEFAULT = new Settings(27_017, 1 << 20, Duration.ofSeconds(60));

    private static final Map<String, BiFunction<Settings, Integer, Settings>> OPTIONS = Map.of(
            "--port", (settings, port) -> new Settings(port, settings.ringChanges, settings.patience),
            "--ring", (settings, ring) -> new Settings(settings.port, ring, settings.patience),
            "--patience",
                    (settings, seconds) ->
                            new Settings(settings.port, settings.ringChanges, Duration.ofSeconds(seconds)));

    Settings {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("--port is " + port + "; give a number from 0 to " + MAX_PORT);
        }
        if (ringChanges < 1) {
            throw new IllegalArgumentException("--ring is " + ringChanges + "; give a number from 1 on");
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("--patience is " + patience.toSeconds() + "; give 0 or more seconds");
        }
    }

    /** @throws IllegalArgumentException with a message for the one who typed them */
    static Settings parse(String... arguments) {
        Settings settings = DEFAULT;
        for (int i = 0; i < arguments.length; i += 2) {
            var option = OPTIONS.get(arguments[i]);
            if (option == null) {
                throw new IllegalArgumentException("unknown argument " + arguments[i] + "\n" + USAGE);
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " wants a number after it\n" + USAGE);
            }
            settings = option.apply(settings, number(arguments[i], arguments[i + 1]));
        }
        return settings;
    }

    private static int number(String option, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " wants a whole number, not '" + value + "'\n" + USAGE, e);
        }
    }
}
