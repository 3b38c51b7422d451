package io.retally.bench.probe;

import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.stack.StackException;
import java.util.List;
import java.util.Map;

/**
 * A change of one document, and what the contract makes of it.
 *
 * @param before digests of the subject's rows in every table, without the change
 * @param after the same, with it
 */
public record Probe(
        Kind kind, Subject subject, ChangeOfDocument change, Map<String, String> before, Map<String, String> after) {
    public Probe {
        before = Map.copyOf(before);
        after = Map.copyOf(after);
    }

    /** The tables that have other rows with the change than without it. */
    public List<String> tables() {
        return differing(before, after);
    }

    /**
     * Whether a snapshot shows it, in every table.
     *
     * @param rows digests of the subject's rows in the snapshot
     * @throws StackException if they are neither those before nor those after the change: some tables have it and others not, or
     *     one is wrong
     */
    boolean isShownBy(Map<String, String> rows, long epoch) {
        if (rows.equals(after)) {
            return true;
        }
        if (!rows.equals(before)) {
            throw new StackException(
                    "epoch %d has rows that no prefix of the logs explains. Not as before '%s': %s. Not as after it: %s"
                            .formatted(epoch, kind.description(), differing(before, rows), differing(after, rows)),
                    "report this as a bug");
        }
        return false;
    }

    private static List<String> differing(Map<String, String> one, Map<String, String> other) {
        return one.keySet().stream()
                .filter(table -> !String.valueOf(one.get(table)).equals(other.get(table)))
                .sorted()
                .toList();
    }
}
