package io.retally.jobs.repprogress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;

/**
 * The tables of docs/metrics.md, against what a running job exports: a line of the first is {@code operator name type
 * [keys]}.
 */
final class MetricsPage {

    private static final Path PAGE = Path.of("..", "docs", "metrics.md");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** A sample in Prometheus' text format: name and labels. */
    private static final Pattern SAMPLE = Pattern.compile("^(\\w+)[{](.*)[}] ", Pattern.MULTILINE);

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    private static final Pattern OF_FLINK =
            Pattern.compile("num(First|Second)?(Records|Bytes|Late).*|current(In|Out)put.*Watermark.*|watermark.*");

    private MetricsPage() {}

    static void assertLists(InMemoryReporter reporter) throws IOException {
        Set<String> page = lines();
        assertThat(page).isNotEmpty();
        assertThat(exported(reporter)).isEqualTo(page);
    }

    private static Set<String> lines() throws IOException {
        Set<String> lines = new TreeSet<>();
        for (String[] cells : rows()) {
            if (!isOfFlink(cells)) {
                String name = codes(cells[1]).iterator().next();
                for (String operator : codes(cells[2])) {
                    lines.add(Operators.JOB + "." + operator + " " + name + " " + cells[3].strip() + " "
                            + codes(cells[4]));
                }
            }
        }
        return lines;
    }

    private static List<String[]> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1))
                .toList();
    }

    /** The second table has Flink's own metrics, by Prometheus' name and without an operator. */
    private static boolean isOfFlink(String[] cells) {
        return codes(cells[1]).iterator().next().startsWith("flink_");
    }

    /**
     * Each metric of both tables is in what Prometheus' reporter says of a running job, by the name and with the labels
     * that alerts and dashboards choose it by.
     *
     * @param exposition Prometheus' text format
     */
    static void assertExposed(String exposition) throws IOException {
        Map<String, Set<String>> labels = new TreeMap<>();
        SAMPLE.matcher(exposition)
                .results()
                .forEach(sample -> labels.computeIfAbsent(sample.group(1), name -> new TreeSet<>())
                        .addAll(LABEL.matcher(sample.group(2))
                                .results()
                                .map(label -> label.group(1))
                                .toList()));
        for (String[] cells : rows()) {
            String name = codes(cells[1]).iterator().next();
            if (isOfFlink(cells)) {
                assertThat(labels).containsKey(name);
                continue;
            }
            Set<String> by = codes(cells[4]);
            String exposed = "flink_taskmanager_job_task_operator_"
                    + String.join("", by.stream().map(key -> key + "_").toList()) + name;
            assertThat(labels).containsKey(exposed);
            assertThat(labels.get(exposed)).contains("operator_name").containsAll(by);
            if (cells[3].strip().equals("histogram")) {
                assertThat(labels.get(exposed)).contains("quantile");
                assertThat(labels).containsKey(exposed + "_count");
            }
        }
    }

    private static Set<String> codes(String cell) {
        return new TreeSet<>(
                CODE.matcher(cell).results().map(result -> result.group(1)).collect(Collectors.toSet()));
    }

    private static Set<String> exported(InMemoryReporter reporter) {
        Set<String> lines = new TreeSet<>();
        forEachOfOurs(reporter, (operator, variables, name, metric) -> {
            Set<String> keys = variables.keySet().stream()
                    .map(key -> key.substring(1, key.length() - 1))
                    .filter(key -> Set.of("collection", "operation", "reason").contains(key))
                    .collect(Collectors.toCollection(TreeSet::new));
            String type = metric.getMetricType().name().toLowerCase(Locale.ROOT);
            lines.add(operator + " " + name + " " + type + " " + keys);
        });
        return lines;
    }

    /** Each counter and histogram of a job that had changes of all kinds has counted, in some subtask and for some key. */
    static void assertCounted(InMemoryReporter reporter) {
        Map<String, Long> counts = new TreeMap<>();
        forEachOfOurs(reporter, (operator, variables, name, metric) -> {
            if (metric instanceof Counter counter) {
                counts.merge(operator + " " + name, counter.getCount(), Long::sum);
            } else if (metric instanceof Histogram histogram) {
                counts.merge(operator + " " + name, histogram.getCount(), Long::sum);
            }
        });
        assertThat(counts)
                .isNotEmpty()
                .allSatisfy((name, count) -> assertThat(count).as(name).isPositive());
    }

    private interface Visitor {
        void visit(String operator, Map<String, String> variables, String name, Metric metric);
    }

    private static void forEachOfOurs(InMemoryReporter reporter, Visitor visitor) {
        // The source's metrics are the connector's.
        Set<String> ours = Stream.of(Operators.values())
                .filter(operator -> operator != Operators.READ_CHANGES)
                .map(Operators::id)
                .collect(Collectors.toSet());
        reporter.getMetricsByGroup().forEach((group, metrics) -> {
            Map<String, String> variables = group.getAllVariables();
            String operator = variables.getOrDefault("<operator_name>", "");
            if (ours.contains(operator)) {
                metrics.forEach((name, metric) -> {
                    if (!OF_FLINK.matcher(name).matches()) {
                        visitor.visit(operator, variables, name, metric);
                    }
                });
            }
        });
    }
}
