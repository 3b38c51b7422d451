package io.retally.devkit.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Collection;
import io.retally.devkit.load.generated.GeneratedCompany;
import io.retally.devkit.load.generated.Size;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class LoadTest {

    private final StringWriter output = new StringWriter();
    private final PrintWriter out = new PrintWriter(output, true);

    @Test
    void writesEveryChangeInOrderAndCountsThem() {
        GeneratedCompany company =
                new GeneratedCompany(1, new Size(50, 2, 5_000), Instant.parse("2026-03-01T00:00:00Z"));
        CollectingTarget target = new CollectingTarget();
        LoadSummary summary = new Load(target, RateLimit.none(), out).run("generated", company.iterator(), 5_000);
        assertThat(target.changes).containsExactlyElementsOf(company);
        assertThat(summary.inserted()).containsEntry(Collection.INTERACTIONS, 5_000L);
        assertThat(summary.changes()).isEqualTo(target.changes.size());
        assertThat(summary.line("generated")).contains("interactions 5,000");
    }

    /** Above a thousand a second it does not pause for each. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000})
    void holdsTheRate(int rate) {
        int interactions = rate * 6 / 10;
        GeneratedCompany company = new GeneratedCompany(1, new Size(10, 1, interactions), Instant.EPOCH);
        LoadSummary summary = new Load(new CollectingTarget(), RateLimit.perSecond(rate), out)
                .run("generated", company.iterator(), interactions);
        assertThat(Duration.ofNanos(summary.elapsedNanos())).isBetween(Duration.ofMillis(490), Duration.ofSeconds(5));
    }

    @Test
    void explainsWhatToDoWithoutAStack(@TempDir Path dir) throws Exception {
        assertThat(execute("generated", "--dir", dir.toString())).isEqualTo(1);
        assertThat(output.toString()).contains("./retally up");
        Files.writeString(dir.resolve("endpoints.properties"), """
                kafka.bootstrap=127.0.0.1:1
                postgres.url=postgresql://owner:x@127.0.0.1:1/retally
                postgres.reader.url=postgresql://reader:x@127.0.0.1:1/retally
                flink.rest=http://127.0.0.1:1
                """);
        assertThat(execute("changes", "--dir", dir.toString(), "--through", "mongodb", "--moved", "1"))
                .isEqualTo(1);
        assertThat(output.toString()).contains("without MongoDB").contains("--through kafka");
    }

    @Test
    void loadsNowhereWithoutAStack() {
        assertThat(execute(
                        "generated", "--through", "nowhere", "--reps", "10", "--programs", "1", "--interactions", "99"))
                .isZero();
        assertThat(output.toString()).contains("interactions 99");
    }

    @Test
    void everySubcommandHasHelp() {
        for (String name : new String[] {"oulad", "generated", "changes", "malformed"}) {
            assertThat(execute(name, "--help")).isZero();
        }
        assertThat(output.toString()).contains("--presentation", "--seed", "--contacts-removed", "--messages");
    }

    private int execute(String... arguments) {
        return new CommandLine(new LoadCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(out)
                .execute(arguments);
    }
}
