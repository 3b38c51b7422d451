package io.retally.bench.ingest;

import io.retally.bench.cpu.ProcessCpu;
import io.retally.bench.result.Numbers;
import io.retally.devkit.stack.Part;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of a contender amount to: medians, each of its own.
 *
 * @param changesPerSecond of each run, in the order of the runs
 * @param medianChangesPerSecond of these
 * @param cpuMicros a change, by part of the stack, of a `peer` and of `all`
 * @param stageCpuMicros a change, within the task manager
 */
record Figures(
        String name,
        String description,
        List<Double> changesPerSecond,
        double medianChangesPerSecond,
        Map<String, Double> cpuMicros,
        Map<String, Double> stageCpuMicros) {

    /** @param changes in the logs, at least one */
    static Figures of(Contender contender, List<Run> runs, long changes) {
        List<Double> rates =
                runs.stream().map(run -> changes / (run.wall().toNanos() / 1e9)).toList();
        Map<String, Double> cpu = new LinkedHashMap<>();
        for (Part part : ProcessCpu.PARTS) {
            cpu.put(part.label(), median(runs, run -> micros(run.cpu().get(part), changes)));
        }
        cpu.put("peer", median(runs, run -> micros(run.peer(), changes)));
        cpu.put(
                "all",
                median(
                        runs,
                        run -> micros(run.peer(), changes)
                                + run.cpu().values().stream()
                                        .mapToDouble(used -> micros(used, changes))
                                        .sum()));
        TreeSet<String> names = new TreeSet<>();
        runs.forEach(run -> names.addAll(run.stages().keySet()));
        Map<String, Double> stages = new LinkedHashMap<>();
        for (String stage : names) {
            stages.put(stage, median(runs, run -> micros(run.stages().get(stage), changes)));
        }
        return new Figures(
                contender.name(),
                contender.description(),
                rates,
                Numbers.median(rates.stream().mapToDouble(Double::doubleValue).toArray()),
                cpu,
                stages);
    }

    private static double micros(@Nullable Duration used, long changes) {
        return used == null ? 0 : used.toNanos() / 1e3 / changes;
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> figure) {
        return Numbers.median(runs.stream().mapToDouble(figure).toArray());
    }
}
