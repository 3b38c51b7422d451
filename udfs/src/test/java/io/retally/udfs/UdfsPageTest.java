package io.retally.udfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page {@code docs/udfs.md} says what the catalogue says. */
class UdfsPageTest {

    private static final String HEAD = """
            # SQL functions
            Functions of Retally for Flink SQL. `io.retally.udfs.Udfs.register(tables)` makes them known to a session.
            This page is written from the functions' own descriptions, and every example is run by a test.

            `EJSON_…` read a text in extended JSON: canonical, relaxed, or the legacy forms. They understand it as the job understands
            messages. The path has the names of fields, and places in arrays from 0, with dots between them, as in MongoDB:
            `lessons.0.title`; the empty path means the whole text. Of a repeated field the last counts.
            """;

    @Test
    void thePageSaysWhatTheCatalogueSays() throws IOException {
        String page = HEAD
                + Udfs.FUNCTIONS.stream()
                        .map(Udfs::describe)
                        .map(UdfsPageTest::section)
                        .collect(Collectors.joining());
        Path written = Files.writeString(Path.of("target", "udfs.md"), page);
        assertThat(Path.of("..", "docs", "udfs.md"))
                .as("docs/udfs.md; if the catalogue is right, copy udfs/%s to it", written)
                .hasContent(page);
    }

    private static String section(SqlFunction function) {
        return """

                ## %s
                `%s(%s)` → `%s`

                %s

                **NULL:** %s

                ```sql
                %s;  -- %s
                ```
                """.formatted(
                        function.name(),
                        function.name(),
                        Arrays.stream(function.arguments()).collect(Collectors.joining(", ")),
                        function.returns(),
                        function.meaning(),
                        function.nulls(),
                        function.example(),
                        function.result());
    }
}
