package io.retally.bench.assignments;

import static io.retally.bench.result.Numbers.rounded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retally.bench.result.Distribution;
import io.retally.bench.result.Numbers;
import io.retally.bench.result.Provenance;
import io.retally.bench.result.Result;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What benchmark `assignments` has found.
 *
 * @param interactions of the generated company
 * @param alone rep-progress has the machine for itself; one run at least
 * @param beside lesson-assignments reads the same; one run at least
 * @param writtenPerSecond changes of others in MongoDB while probes were made
 * @param probes how long each took
 */
record AssignmentsReport(
        Provenance provenance,
        long interactions,
        Duration epoch,
        List<CatchingUp> alone,
        List<CatchingUp> beside,
        double writtenPerSecond,
        Map<Probe, Distribution> probes)
        implements Result {
    static final String BENCHMARK = "assignments";

    @Override
    public String benchmark() {
        return BENCHMARK;
    }

    /**
     * Fields: those of all results, interactions, epoch_ms, alone and beside (changes_per_second, cpu_us_per_change), ratios
     * (speed, cpu, utilisation), written_changes_per_second, probes.
     */
    @Override
    public ObjectNode json() {
        ObjectNode root = provenance.json(BENCHMARK);
        root.put("interactions", interactions);
        root.put("epoch_ms", epoch.toMillis());
        add(root.putObject("alone"), alone);
        add(root.putObject("beside"), beside);
        ObjectNode ratios = root.putObject("ratios");
        ratios.put("speed", rounded(speed(), 3));
        ratios.put("cpu", rounded(cpu(), 3));
        ratios.put("utilisation", rounded(utilisation(), 3));
        root.put("written_changes_per_second", Math.round(writtenPerSecond));
        ObjectNode each = root.putObject("probes");
        probes.forEach((probe, took) -> took.addTo(each.putObject(probe.label())));
        return root;
    }

    private static void add(ObjectNode node, List<CatchingUp> runs) {
        node.put("runs", runs.size());
        node.put("changes_per_second", Math.round(median(runs, CatchingUp::changesPerSecond)));
        node.put("cpu_us_per_change", rounded(median(runs, CatchingUp::cpuMicrosPerChange), 1));
    }

    private static double median(List<CatchingUp> runs, ToDoubleFunction<CatchingUp> figure) {
        return Numbers.median(runs.stream().mapToDouble(figure).toArray());
    }

    /** rep-progress beside the other job, as a share of what it does alone. */
    double speed() {
        return median(beside, CatchingUp::changesPerSecond) / median(alone, CatchingUp::changesPerSecond);
    }

    /** CPU time of both jobs for a change, as a multiple of that of rep-progress alone. */
    double cpu() {
        return median(beside, CatchingUp::cpuMicrosPerChange) / median(alone, CatchingUp::cpuMicrosPerChange);
    }

    /** How busy the machine is, as a share of how busy it is with one job: below 1 the jobs wait for each other. */
    double utilisation() {
        return speed() * cpu();
    }

    @Override
    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, """
                %,d interactions, written and published as fast as it goes; epochs of %d ms; medians.

                | `rep-progress` | runs | changes/s | CPU a change, all processes |
                |---|---:|---:|---:|
                """, interactions, epoch.toMillis()));
        line(text, "alone", alone);
        line(text, "beside `lesson-assignments`, which reads the same", beside);
        text.append(String.format(Locale.ROOT, """

                Its speed is %.2f of that alone, and CPU time is %.2f times as much; the product, %.2f, says how busy the machine is, \
                compared with one job alone.

                """, speed(), cpu(), utilisation()));
        text.append(String.format(Locale.ROOT, """
                With %,.0f changes/s of others in MongoDB, through Debezium: milliseconds from a write in MongoDB until its \
                `assignments` shows what follows.

                | change | times | p50 | p99 | longest |
                |---|---:|---:|---:|---:|
                """, writtenPerSecond));
        probes.forEach((probe, took) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %d | %.0f | %.0f | %.0f |\n",
                probe.description(),
                took.count(),
                Distribution.millis(took.p50()),
                Distribution.millis(took.p99()),
                Distribution.millis(took.max()))));
        return text.append("\n").append(provenance.line()).toString();
    }

    private static void line(StringBuilder text, String which, List<CatchingUp> runs) {
        text.append(String.format(
                Locale.ROOT,
                "| %s | %d | %,.0f | %.1f µs |\n",
                which,
                runs.size(),
                median(runs, CatchingUp::changesPerSecond),
                median(runs, CatchingUp::cpuMicrosPerChange)));
    }
}
