package io.retally.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PageTest {
    @Test
    void aBenchmarkReplacesWhatIsBetweenItsOwnMarks() {
        String page = "<!-- a: begin -->\none\n<!-- a: end -->\n<!-- b: begin -->\ntwo\n<!-- b: end -->\n";
        assertThat(Page.with(page, "b", "new\n"))
                .isEqualTo("<!-- a: begin -->\none\n<!-- a: end -->\n<!-- b: begin -->\nnew\n<!-- b: end -->\n");
        assertThatThrownBy(() -> Page.with(page, "c", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("<!-- c: begin -->");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "freshness", "recovery", "scale"})
    void theProjectsPageHasTheMarks(String benchmark) throws Exception {
        String page = Files.readString(Path.of("../docs/benchmarks.md"));
        assertThat(Page.with(page, benchmark, "x\n"))
                .contains("<!-- " + benchmark + ": begin -->\nx\n<!-- " + benchmark + ": end -->");
    }

    @Test
    void resultsAreWrittenWhereTheOptionsSay(@TempDir Path folder) throws Exception {
        Path page = folder.resolve("page.md");
        Path json = folder.resolve("result.json");
        Files.writeString(page, "<!-- one: begin -->\n<!-- one: end -->\n");
        ResultOptions options = new ResultOptions();
        StringWriter out = new StringWriter();
        new CommandLine(options).parseArgs("--json", json.toString(), "--markdown", page.toString());
        options.write(new One(), new PrintWriter(out));
        assertThat(out.toString()).isEqualTo("figures\n");
        assertThat(Files.readString(page)).isEqualTo("<!-- one: begin -->\nfigures\n<!-- one: end -->\n");
        assertThat(folder.resolve("images/one.png")).hasBinaryContent(new byte[] {1, 2});
        JsonNode written = new ObjectMapper().readTree(Files.readString(json));
        assertThat(written.path("figure").asInt()).isEqualTo(1);
    }

    private static final class One implements Result {
        @Override
        public String benchmark() {
            return "one";
        }

        @Override
        public ObjectNode json() {
            return JsonNodeFactory.instance.objectNode().put("figure", 1);
        }

        @Override
        public String markdown() {
            return "figures\n";
        }

        @Override
        public Map<String, byte[]> pictures() {
            return Map.of("images/one.png", new byte[] {1, 2});
        }
    }
}
