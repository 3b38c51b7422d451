package io.retally.bench.freshness;

import static io.retally.bench.result.Numbers.rounded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retally.bench.probe.Kind;
import io.retally.bench.result.Distribution;
import io.retally.bench.result.Provenance;
import io.retally.bench.result.Result;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What benchmark `freshness` has found.
 *
 * @param interactions of the generated company
 * @param changes that were loaded before anything was measured
 * @param contactInteractions of the contact that is removed and restored
 * @param programReps of the program whose pass mark is changed
 * @param limit changes a second that shares are of
 * @param limitMeasured by the load before; otherwise it was given
 * @param loads at least one
 */
record FreshnessReport(
        Provenance provenance,
        long interactions,
        long changes,
        int contactInteractions,
        int programReps,
        Duration epoch,
        double limit,
        boolean limitMeasured,
        List<Freshness> loads)
        implements Result {
    static final String BENCHMARK = "freshness";

    @Override
    public String benchmark() {
        return BENCHMARK;
    }

    /**
     * Fields: those of all results, interactions, changes, contact_interactions, program_reps, epoch_ms,
     * limit_changes_per_second, limit_measured, loads. Each load: share, changes_per_second, written_changes_per_second, kinds,
     * ratios (removal's p50 and p99 as multiples of insert's).
     */
    @Override
    public ObjectNode json() {
        ObjectNode root = provenance.json(BENCHMARK);
        root.put("interactions", interactions);
        root.put("changes", changes);
        root.put("contact_interactions", contactInteractions);
        root.put("program_reps", programReps);
        root.put("epoch_ms", epoch.toMillis());
        root.put("limit_changes_per_second", Math.round(limit));
        root.put("limit_measured", limitMeasured);
        ArrayNode each = root.putArray("loads");
        for (Freshness load : loads) {
            ObjectNode node = each.addObject();
            node.put("share", load.share());
            node.put("changes_per_second", Math.round(load.changesPerSecond()));
            node.put("written_changes_per_second", Math.round(load.written().changesPerSecond()));
            ObjectNode kinds = node.putObject("kinds");
            load.kinds().forEach((kind, distribution) -> {
                ObjectNode figures = kinds.putObject(kind.label());
                figures.put("tables", load.tables().get(kind));
                distribution.addTo(figures);
            });
            ObjectNode ratios = node.putObject("ratios");
            Distribution removal = load.of(Kind.REMOVAL);
            Distribution insert = load.of(Kind.INSERT);
            ratios.put("removal_to_insert_p50", rounded(ratio(removal.p50(), insert.p50()), 3));
            ratios.put("removal_to_insert_p99", rounded(ratio(removal.p99(), insert.p99()), 3));
        }
        return root;
    }

    private static double ratio(Duration one, Duration other) {
        return (double) one.toNanos() / other.toNanos();
    }

    @Override
    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "Milliseconds from a probe's sending until every table shows it: p50, p99, longest; in brackets how many probes. "
                        + "Epochs of %d ms. %,d changes loaded before; the contact has %,d interactions, the program %,d reps. "
                        + "The limit is %,.0f changes/s, %s.\n\n",
                epoch.toMillis(),
                changes,
                contactInteractions,
                programReps,
                limit,
                limitMeasured ? "as fast as that load was taken" : "as given"));
        text.append("| probe | tables |");
        loads.forEach(load -> text.append(String.format(
                Locale.ROOT,
                " at %.0f %%: %,.0f changes/s |",
                100 * load.share(),
                load.written().changesPerSecond())));
        text.append("\n|---|---:|").append("---:|".repeat(loads.size())).append("\n");
        for (Kind kind : Kind.values()) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %d |",
                    kind.description(),
                    loads.get(0).tables().get(kind)));
            for (Freshness load : loads) {
                Distribution took = load.of(kind);
                text.append(String.format(
                        Locale.ROOT,
                        " %.0f, %.0f, %.0f (%d) |",
                        Distribution.millis(took.p50()),
                        Distribution.millis(took.p99()),
                        Distribution.millis(took.max()),
                        took.count()));
            }
            text.append("\n");
        }
        text.append("\nA removal's p50 is that of an insert times: ")
                .append(loads.stream()
                        .map(load -> String.format(
                                Locale.ROOT,
                                "%.2f at %.0f %%",
                                ratio(
                                        load.of(Kind.REMOVAL).p50(),
                                        load.of(Kind.INSERT).p50()),
                                100 * load.share()))
                        .collect(Collectors.joining(", ")))
                .append(".\n\n")
                .append(provenance.line());
        return text.toString();
    }
}
