package io.retally.bench.query;

import static io.retally.bench.result.Numbers.rounded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retally.bench.result.Distribution;
import io.retally.bench.result.Provenance;
import io.retally.bench.result.Result;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What benchmark `query` has found.
 *
 * @param data what was asked about
 * @param think of a manager between two questions, on average
 * @param connections of the managers' pool
 * @param changesPerSecond that were written meanwhile
 * @param managers what they waited; at least one
 * @param peers what they took; those that were asked
 */
record QueryReport(
        Provenance provenance,
        Data data,
        Duration think,
        int connections,
        double changesPerSecond,
        List<Managers.Waited> managers,
        List<Trial.Taken> peers)
        implements Result {
    static final String BENCHMARK = "query";

    /**
     * What was in the tables before managers asked.
     *
     * @param interactions that were inserted
     * @param changes with everything else
     * @param reps of the largest program
     */
    record Data(long interactions, long changes, int programs, long reps) {}

    @Override
    public String benchmark() {
        return BENCHMARK;
    }

    /**
     * Fields: those of all results, interactions, changes, programs, reps, think_ms, connections, load_changes_per_second,
     * managers, peers. Each of managers: managers, errors, all, questions. Each peer: description, questions, with times: the
     * median as a multiple of that of the fewest managers.
     */
    @Override
    public ObjectNode json() {
        ObjectNode root = provenance.json(BENCHMARK);
        root.put("interactions", data.interactions());
        root.put("changes", data.changes());
        root.put("programs", data.programs());
        root.put("reps", data.reps());
        root.put("think_ms", think.toMillis());
        root.put("connections", connections);
        root.put("load_changes_per_second", Math.round(changesPerSecond));
        ArrayNode each = root.putArray("managers");
        for (Managers.Waited waited : managers) {
            ObjectNode node = each.addObject();
            node.put("managers", waited.managers());
            node.put("errors", waited.errors());
            waited.all().addTo(node.putObject("all"));
            ObjectNode questions = node.putObject("questions");
            waited.questions().forEach((question, took) -> took.addTo(questions.putObject(question.label())));
        }
        ObjectNode peersNode = root.putObject("peers");
        for (Trial.Taken peer : peers) {
            ObjectNode node = peersNode.putObject(peer.name());
            node.put("description", peer.description());
            ObjectNode questions = node.putObject("questions");
            for (Question question : Question.values()) {
                ObjectNode figures = questions.putObject(question.label());
                Distribution took = peer.questions().get(question);
                if (took == null) {
                    figures.put("no_answer_after_ms", Peer.PATIENCE.toMillis());
                } else {
                    took.addTo(figures);
                }
                Double times = times(peer, question);
                if (times != null) {
                    figures.put("times", rounded(times, 1));
                }
            }
        }
        return root;
    }

    /** The peer's median as a multiple of that of the fewest managers; null without one of the two. */
    private @Nullable Double times(Trial.Taken peer, Question question) {
        Distribution ours = managers.get(0).questions().get(question);
        Distribution theirs = peer.questions().get(question);
        return ours == null || theirs == null
                ? null
                : (Double) ((double) theirs.p50().toNanos() / ours.p50().toNanos());
    }

    @Override
    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%,d interactions (%,d changes) loaded before, programs: %d, of %,d reps; %,.0f changes/s written meanwhile. "
                        + "A manager thinks %d ms on average; connections: %d. Milliseconds from asking until all rows are "
                        + "read: p50, p99.\n\n",
                data.interactions(),
                data.changes(),
                data.programs(),
                data.reps(),
                changesPerSecond,
                think.toMillis(),
                connections));
        line(text, "question", waited -> "managers: " + waited.managers());
        text.append("|---|").append("---:|".repeat(managers.size())).append("\n");
        for (Question question : Question.values()) {
            line(
                    text,
                    question.description(),
                    waited -> shown(waited.questions().get(question)));
        }
        line(text, "all", waited -> shown(waited.all()));
        line(text, "asked", waited -> "%,d".formatted(waited.all().count() + waited.errors()));
        line(text, "errors", waited -> "%,d".formatted(waited.errors()));
        if (!peers.isEmpty()) {
            peersTo(text);
        }
        return text.append("\n").append(provenance.line()).toString();
    }

    private void line(StringBuilder text, String name, Function<Managers.Waited, String> cell) {
        text.append("| ").append(name).append(" |");
        managers.forEach(waited -> text.append(" ").append(cell.apply(waited)).append(" |"));
        text.append("\n");
    }

    private static String shown(@Nullable Distribution took) {
        return took == null
                ? "not asked"
                : String.format(
                        Locale.ROOT, "%.1f, %.1f", Distribution.millis(took.p50()), Distribution.millis(took.p99()));
    }

    private void peersTo(StringBuilder text) {
        text.append(
                "\nThe same answers worked out of the documents, one client, nothing written meanwhile: milliseconds (p50), and "
                        + "how many times the p50 of the first column above.\n\n| question |");
        peers.forEach(peer -> text.append(" ").append(peer.description()).append(" |"));
        text.append("\n|---|").append("---:|".repeat(peers.size())).append("\n");
        for (Question question : Question.values()) {
            text.append("| ").append(question.description()).append(" | ");
            text.append(peers.stream().map(peer -> shown(peer, question)).collect(Collectors.joining(" | ")));
            text.append(" |\n");
        }
    }

    private String shown(Trial.Taken peer, Question question) {
        Distribution took = peer.questions().get(question);
        if (took == null) {
            return "none after %d s".formatted(Peer.PATIENCE.toSeconds());
        }
        Double times = times(peer, question);
        return String.format(Locale.ROOT, "%,.1f", Distribution.millis(took.p50()))
                + (times == null ? "" : String.format(Locale.ROOT, " (%,.1f)", times));
    }
}
