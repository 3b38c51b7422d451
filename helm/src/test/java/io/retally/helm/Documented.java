package io.retally.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The metrics of docs/metrics.md, which a test of the job holds equal to what a running one exports to Prometheus. */
final class Documented {

    static final Path DOCS = Path.of("..", "docs");

    static final String OPERATOR = "flink_taskmanager_job_task_operator_";

    /** A row of the job's own metrics: name, operator, type, labels that stand before the name. */
    private static final Pattern OWN =
            Pattern.compile("^\\| `(\\w+)` \\|[^|\\n]*\\| (\\w+) \\|([^|\\n]*)\\|", Pattern.MULTILINE);

    /** A row of Flink's own, by Prometheus' name. */
    private static final Pattern OF_FLINK = Pattern.compile("^\\| `(flink_\\w+)` \\|", Pattern.MULTILINE);

    private static final Pattern CODE = Pattern.compile("`(\\w+)`");

    private Documented() {}

    /** The job's own, by the names that Prometheus has for them; a histogram without its count. */
    static Set<String> ownNames() throws IOException {
        return names(false);
    }

    /** All that alerts and dashboards may name. */
    static Set<String> names() throws IOException {
        Set<String> names = names(true);
        OF_FLINK.matcher(page()).results().map(row -> row.group(1)).forEach(names::add);
        return names;
    }

    private static Set<String> names(boolean counts) throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher rows = OWN.matcher(page());
        while (rows.find()) {
            String labels = CODE.matcher(rows.group(3))
                    .results()
                    .map(label -> label.group(1) + "_")
                    .collect(Collectors.joining());
            String name = OPERATOR + labels + rows.group(1);
            names.add(name);
            if (counts && rows.group(2).equals("histogram")) {
                names.add(name + "_count");
            }
        }
        return names;
    }

    private static String page() throws IOException {
        return Files.readString(DOCS.resolve("metrics.md"));
    }

    /** The metrics of Flink that a query names. */
    static Set<String> usedBy(String query) {
        return Pattern.compile("\\bflink_\\w+")
                .matcher(query)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
