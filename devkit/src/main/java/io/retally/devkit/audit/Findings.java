package io.retally.devkit.audit;

import io.retally.core.document.Collection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What the job `audit` has written to its file.
 *
 * @param ends where the logs ended that it looked at
 */
record Findings(Map<TopicPartition, Long> ends, List<Finding> findings) {

    /** Reads the file; its form is that of the job's {@code FindingsFile}. */
    static Findings read(Path file) throws IOException {
        Map<TopicPartition, Long> ends = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        boolean complete = false;
        for (String line : Files.readAllLines(file)) {
            String[] fields = line.split("\t", -1);
            switch (fields[0]) {
                case "end" ->
                    ends.put(new TopicPartition(fields[1], Integer.parseInt(fields[2])), Long.valueOf(fields[3]));
                case "complete" -> complete = true;
                default -> findings.add(finding(fields));
            }
        }
        if (!complete) {
            throw new IOException(file + " has no end: the job that wrote it was cut off");
        }
        return new Findings(ends, findings);
    }

    private static Finding finding(String[] fields) {
        int partition = Integer.parseInt(fields[3]);
        return new Finding(
                Finding.Kind.valueOf(fields[0]),
                Collection.valueOf(fields[1].toUpperCase(Locale.ROOT)),
                text(fields[2]),
                partition < 0 ? null : partition,
                fields[4].isEmpty() ? null : Base64.getDecoder().decode(fields[4]),
                fields[5].isEmpty() ? null : text(fields[5]));
    }

    private static String text(String coded) {
        return new String(Base64.getDecoder().decode(coded), StandardCharsets.UTF_8);
    }
}
