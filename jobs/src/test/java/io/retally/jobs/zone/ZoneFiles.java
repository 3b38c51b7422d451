package io.retally.jobs.zone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** PostgreSQL's own copy of the tz database, by region name, and the two resources that are made of it. */
record ZoneFiles(Map<String, ZoneFile> byName) {

    /** No region: what a machine has before anybody says where it is. */
    private static final String NOT_A_REGION = "Factory";

    static ZoneFiles read(Path folder) throws IOException {
        Map<String, ZoneFile> byName = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                byName.put(folder.relativize(path).toString(), ZoneFile.read(path));
            }
        }
        byName.remove(NOT_A_REGION);
        return new ZoneFiles(byName);
    }

    String timeZones(String edition) {
        Map<ZoneFile, Set<String>> names = new LinkedHashMap<>();
        byName.forEach((name, file) ->
                names.computeIfAbsent(file, f -> new TreeSet<>()).add(name));
        return """
                # The tz database as PostgreSQL has it. Public domain. Not edited by hand: written by TimeZoneAgreementITCase.
                # edition %s
                # A paragraph for each set of rules: the names of the regions; the offset from UTC at first; each change and
                # the offset after it; the POSIX TZ string that holds from the last change on.

                """.formatted(edition)
                + names.entrySet().stream()
                        .map(entry -> paragraph(entry.getValue(), entry.getKey()))
                        .collect(Collectors.joining("\n"));
    }

    String names() {
        return byName.keySet().stream().map(name -> name + "\n").collect(Collectors.joining());
    }

    private static String paragraph(Set<String> names, ZoneFile file) {
        StringBuilder text = new StringBuilder();
        text.append(String.join(" ", names)).append('\n');
        text.append(ZoneOffset.ofTotalSeconds(file.firstOffset())).append('\n');
        for (ZoneFile.Change change : file.changes()) {
            text.append(Instant.ofEpochSecond(change.at())).append(' ');
            text.append(ZoneOffset.ofTotalSeconds(change.offset())).append('\n');
        }
        return text.append(file.footer()).append('\n').toString();
    }
}
