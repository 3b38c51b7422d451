package io.retally.bench.ingest;

import static io.retally.bench.result.Numbers.rounded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retally.bench.result.Provenance;
import io.retally.bench.result.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What benchmark `ingest` has found.
 *
 * @param logs what was read
 * @param figures the job's and those of every other contender
 */
record Report(Provenance provenance, Arena.Logs logs, List<Figures> figures) implements Result {
    static final String BENCHMARK = "ingest";

    private static final String OURS = "rep_progress";
    /** Name of the ratio, name of the contender that ours is divided by. */
    private static final Map<String, String> RATIOS = Map.of(
            "flink_sql", "flink_sql", "kafka_streams", "kafka_streams", "ceiling", "ceiling_source_decode_state");

    private static final double LITTLE_MICROS = 0.05;

    /** The job's changes a second divided by another's, in medians: 1 is as fast, 0.5 half as fast. */
    Map<String, Double> ratios() {
        Map<String, Double> ratios = new LinkedHashMap<>();
        Optional<Figures> ours = named(OURS);
        RATIOS.forEach((name, contender) -> named(contender)
                .ifPresent(other -> ours.ifPresent(
                        own -> ratios.put(name, own.medianChangesPerSecond() / other.medianChangesPerSecond()))));
        return ratios;
    }

    private Optional<Figures> named(String name) {
        return figures.stream().filter(known -> known.name().equals(name)).findFirst();
    }

    @Override
    public String benchmark() {
        return BENCHMARK;
    }

    /** Fields: those of all results, changes, messages, ratios, contenders. */
    @Override
    public ObjectNode json() {
        ObjectNode root = provenance.json(BENCHMARK);
        root.put("changes", logs.changes());
        root.put("messages", logs.messages());
        ObjectNode ratios = root.putObject("ratios");
        ratios().forEach((name, ratio) -> ratios.put(name, rounded(ratio, 3)));
        ObjectNode contenders = root.putObject("contenders");
        for (Figures each : figures) {
            ObjectNode node = contenders.putObject(each.name());
            node.put("description", each.description());
            node.put("changes_per_second", Math.round(each.medianChangesPerSecond()));
            ArrayNode runs = node.putArray("changes_per_second_runs");
            each.changesPerSecond().forEach(rate -> runs.add(Math.round(rate)));
            ObjectNode cpu = node.putObject("cpu_micros_per_change");
            each.cpuMicros().forEach((part, micros) -> cpu.put(part, rounded(micros, 2)));
            if (!each.stageCpuMicros().isEmpty()) {
                ObjectNode stages = node.putObject("taskmanager_cpu_micros_per_change_by_stage");
                each.stageCpuMicros().forEach((stage, micros) -> stages.put(stage, rounded(micros, 2)));
            }
        }
        return root;
    }

    @Override
    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%,d changes, read from the beginning of the topics. Medians of %d runs.\n\n",
                logs.changes(),
                figures.get(0).changesPerSecond().size()));
        text.append("| | changes/s | CPU µs a change | task manager | PostgreSQL | Kafka | job manager | peer |\n");
        text.append("|---|---:|---:|---:|---:|---:|---:|---:|\n");
        for (Figures each : figures) {
            Map<String, Double> cpu = each.cpuMicros();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f |\n",
                    each.description(),
                    each.medianChangesPerSecond(),
                    cpu.get("all"),
                    cpu.get("taskmanager"),
                    cpu.get("postgres"),
                    cpu.get("kafka"),
                    cpu.get("jobmanager"),
                    cpu.get("peer")));
        }
        text.append("\nThe job's changes a second divided by those of: ")
                .append(String.join(
                        ", ",
                        ratios().entrySet().stream()
                                .map(ratio -> String.format(Locale.ROOT, "%s %.3f", ratio.getKey(), ratio.getValue()))
                                .toList()))
                .append(".\n\n| stage of the task manager | CPU µs a change |\n|---|---:|\n");
        named(OURS).ifPresent(ours -> appendStages(text, ours.stageCpuMicros()));
        text.append("\n").append(provenance.line());
        return text.toString();
    }

    /** The costliest first; what is next to nothing in one line, as Flink has some timers for each operator. */
    private static void appendStages(StringBuilder text, Map<String, Double> cpuMicros) {
        double little = 0;
        for (Map.Entry<String, Double> stage : cpuMicros.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .toList()) {
            if (stage.getValue() < LITTLE_MICROS) {
                little += stage.getValue();
            } else {
                text.append(String.format(Locale.ROOT, "| %s | %.2f |\n", stage.getKey(), stage.getValue()));
            }
        }
        text.append(String.format(Locale.ROOT, "| all others | %.2f |\n", little));
    }
}
