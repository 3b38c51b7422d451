package io.retally.devkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Whatever is typed: exit code 2 and a message that says what is wrong, never a stack trace. */
class WrongUsageTest {
    private static final List<String> NO_INTEGERS = List.of(
            "", " ", "x", "1.5", "1e3", "0x10", "1_000", "--", "99999999999999999999", "NaN", "\u0000", "1,000");
    /** By type, that of a primitive value boxed. */
    private static final Map<Class<?>, List<String>> GARBAGE = Map.of(
            Integer.class,
            NO_INTEGERS,
            Long.class,
            NO_INTEGERS,
            Double.class,
            List.of("", "x", "1,5", "0x", "1e", "--5"),
            Duration.class,
            List.of("", "soon", "1", "-1s", "1.5s", "1d", "1 year", "9999999999s", "s", "PT1S"),
            Instant.class,
            List.of("", "now", "2026-01-01", "2026-13-01T00:00:00Z", "1700000000", "2026-01-01T00:00:00"),
            Path.class,
            List.of("", " ", "a\u0000b"));

    /** What a run says. */
    private record Said(int exitCode, String out, String err) {}

    private static Said run(CommandLine commandLine, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = commandLine
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Said(exitCode, out.toString(), err.toString());
    }

    private static void assertWrongUsage(Said said, String... arguments) {
        assertThat(said.exitCode).as("%s%n%s", List.of(arguments), said).isEqualTo(2);
        assertThat(said.err)
                .as("%s", List.of(arguments))
                .startsWith("retally: ")
                .contains("Next: see `./retally");
        assertThat(said.err + said.out).doesNotContain("\tat ", "Exception in");
    }

    /** Every command with its path, such as load generated. */
    private static Stream<CommandLine> commands(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(WrongUsageTest::commands));
    }

    private static String[] words(CommandLine command, String... rest) {
        List<String> words =
                new ArrayList<>(List.of(command.getCommandSpec().qualifiedName().split(" ")));
        words.remove(0);
        words.addAll(List.of(rest));
        return words.toArray(String[]::new);
    }

    @Test
    void anOptionsValueOfAnotherTypeIsWrongUsage() {
        int tried = 0;
        for (CommandLine command : commands(Retally.commandLine()).toList()) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                List<String> garbage = option.type().isEnum()
                        ? List.of("", "nothing", "0")
                        : GARBAGE.getOrDefault(
                                MethodType.methodType(option.type()).wrap().returnType(), List.of());
                assertThat(garbage.isEmpty())
                        .as("%s of %s has a type that garbage is known for", option.longestName(), option.type())
                        .isEqualTo(option.arity().max() == 0 || option.type() == String.class || option.isMultiValue());
                for (String value : garbage) {
                    String[] arguments = words(command, option.longestName() + "=" + value);
                    Said said = run(Retally.commandLine(), arguments);
                    assertWrongUsage(said, arguments);
                    assertThat(said.err).contains(option.longestName());
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up --epoch 0ms                              | --epoch is from 10ms to 1h",
                "up --epoch 61m                              | --epoch is from 10ms to 1h",
                "up --epoch 999999999h                       | --epoch is from 10ms to 1h",
                "up --postgres postgresql://u:p@h:0/d        | has no port",
                "up --postgres postgresql://u:p@h/%00        | control characters",
                "up --postgres u:p@h/d                       | must begin with postgresql://",
                "up --dir --frehs                            | --frehs",
                "up now                                      | now",
                "up --dir                                    | --dir",
                "up --dir a --dir b                          | --dir",
                "logs kafka --lines -2147483648              | --lines must not be negative",
                "logs ../../../etc/passwd                    | no part is called",
                "load                                        | Say what to load",
                "load everything                             | everything",
                "load generated --through nowhere --reps 0   | at least 1 rep",
                "load generated --through nowhere --programs -1 | at least 1 rep",
                "load generated --through nowhere --interactions -1 | no less than 0 interactions",
                "load generated --through nowhere --rate 0   | --rate must be more than 0",
                "load generated --through nowhere --rate NaN | --rate must be more than 0",
                "load generated --through nowhere --now +1000000000-12-31T23:59:59Z | --now is from",
                "load changes --through nowhere              | nothing to change nowhere",
                "load changes --moved -1                     | negative",
                "load changes --restored 1                   | Only removed contacts are restored",
                "load changes --pass-percent 101             | --pass-percent is 0 to 100",
                "load malformed --messages -1                | --messages is 0 or more",
            })
    void whatMakesNoSenseIsWrongUsage(String line, String message) {
        String[] arguments = line.strip().split(" +");
        Said said = run(Retally.commandLine(), arguments);
        assertWrongUsage(said, arguments);
        assertThat(said.err).contains(message.strip());
    }

    /** No command is run here: what parses is only counted. */
    @Property(tries = 3_000)
    void anyWordsInAnyOrder(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> words = new ArrayList<>(List.of(
                "",
                "-",
                "--",
                "-x",
                "--no-such-option",
                "@",
                "@nowhere",
                "%s%n",
                "${x}",
                "'",
                "\"",
                "\ud800",
                "-1",
                "5",
                "1s",
                "kafka",
                "=",
                "--=",
                "-f5",
                "--lines=",
                "\\",
                "\u0000",
                "x".repeat(10_000)));
        commands(Retally.commandLine()).forEach(command -> {
            words.add(command.getCommandName());
            command.getCommandSpec().options().forEach(option -> words.addAll(List.of(option.names())));
        });
        String[] arguments = random.ints(random.nextInt(7), 0, words.size())
                .mapToObj(words::get)
                .toArray(String[]::new);
        int parsed = 3;
        Said said = run(Retally.commandLine().setExecutionStrategy(result -> parsed), arguments);
        if (said.exitCode != parsed) {
            assertWrongUsage(said, arguments);
        }
    }
}
