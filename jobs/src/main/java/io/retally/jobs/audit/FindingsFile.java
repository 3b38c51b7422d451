package io.retally.jobs.audit;

import io.retally.jobs.kafka.LiveLogs;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the job has found, a line each, its fields separated by tabs:
 *
 * <pre>
 * end       TOPIC  PARTITION  OFFSET                                      where a log ended that was looked at
 * KIND      COLLECTION  ID  PARTITION  MESSAGE_KEY  STORED_ID             a {@link Finding}
 * complete                                                                the last line
 * </pre>
 *
 * ID, MESSAGE_KEY and STORED_ID are UTF-8 or bytes in Base64, as ids may hold anything; empty if there is none.
 */
final class FindingsFile implements AutoCloseable {
    private final BufferedWriter writer;

    FindingsFile(Path file) throws IOException {
        writer = Files.newBufferedWriter(file);
    }

    void ends(List<LiveLogs.End> ends) throws IOException {
        for (LiveLogs.End end : ends) {
            line("end", end.topic(), Integer.toString(end.partition()), Long.toString(end.offset()));
        }
    }

    void finding(Finding finding) throws IOException {
        line(
                finding.kind().name(),
                finding.collection().collectionName(),
                coded(finding.id()),
                Integer.toString(finding.partition()),
                coded(finding.messageKey()),
                coded(finding.storedId()));
    }

    void complete() throws IOException {
        line("complete");
    }

    private void line(String... fields) throws IOException {
        writer.write(String.join("\t", fields));
        writer.write('\n');
    }

    private static String coded(@Nullable String text) {
        return coded(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    private static String coded(byte @Nullable [] bytes) {
        return bytes == null ? "" : Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
