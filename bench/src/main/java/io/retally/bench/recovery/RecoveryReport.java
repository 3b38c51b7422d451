package io.retally.bench.recovery;

import static io.retally.bench.result.Numbers.rounded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retally.bench.result.Distribution;
import io.retally.bench.result.Provenance;
import io.retally.bench.result.Result;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What benchmark `recovery` has found.
 *
 * @param interactions of the generated company
 * @param load what was loaded before anything was measured
 * @param changesPerSecond written meanwhile
 * @param drills what was done, and how long it took
 * @param state of the job in the end
 * @param rebuild of the tables from the logs
 */
record RecoveryReport(
        Provenance provenance,
        long interactions,
        Volume load,
        double changesPerSecond,
        List<Drill> drills,
        State state,
        Volume rebuild)
        implements Result {
    static final String BENCHMARK = "recovery";

    /**
     * Something that was done several times.
     *
     * @param name in the JSON
     */
    record Drill(String name, String description, Distribution took) {}

    /** @param count of changes or messages */
    record Volume(long count, Duration took) {
        double perSecond() {
            return count / Distribution.seconds(took);
        }
    }

    /**
     * Of a savepoint.
     *
     * @param interactions that were inserted until then
     */
    record State(long bytes, long interactions) {
        double bytesPerInteraction() {
            return (double) bytes / interactions;
        }
    }

    @Override
    public String benchmark() {
        return BENCHMARK;
    }

    /**
     * Fields: those of all results, interactions, changes, load_changes_per_second, background_changes_per_second, drills, state,
     * rebuild.
     */
    @Override
    public ObjectNode json() {
        ObjectNode root = provenance.json(BENCHMARK);
        root.put("interactions", interactions);
        root.put("changes", load.count());
        root.put("load_changes_per_second", Math.round(load.perSecond()));
        root.put("background_changes_per_second", Math.round(changesPerSecond));
        ObjectNode each = root.putObject("drills");
        drills.forEach(drill -> drill.took().addTo(each.putObject(drill.name())));
        ObjectNode size = root.putObject("state");
        size.put("bytes", state.bytes());
        size.put("interactions", state.interactions());
        size.put("bytes_per_interaction", rounded(state.bytesPerInteraction(), 1));
        ObjectNode anew = root.putObject("rebuild");
        anew.put("messages", rebuild.count());
        anew.put("seconds", rounded(Distribution.seconds(rebuild.took()), 1));
        anew.put("messages_per_second", Math.round(rebuild.perSecond()));
        return root;
    }

    @Override
    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%,d interactions in state in the end; %,.0f changes/s written meanwhile.\n\n",
                state.interactions(),
                changesPerSecond));
        text.append("| | times | p50 | longest |\n|---|---:|---:|---:|\n");
        for (Drill drill : drills) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f s | %.1f s |\n",
                    drill.description(),
                    drill.took().count(),
                    Distribution.seconds(drill.took().p50()),
                    Distribution.seconds(drill.took().max())));
        }
        text.append(String.format(
                Locale.ROOT,
                """

                        State: %.1f bytes an interaction (a savepoint of %,d bytes, %,d interactions inserted).
                        Rebuild: %,d messages in %.1f s, %,.0f a second. The load before: %,d changes in %.1f s, %,.0f a second.

                        """,
                state.bytesPerInteraction(),
                state.bytes(),
                state.interactions(),
                rebuild.count(),
                Distribution.seconds(rebuild.took()),
                rebuild.perSecond(),
                load.count(),
                Distribution.seconds(load.took()),
                load.perSecond()));
        text.append(provenance.line());
        return text.toString();
    }
}
