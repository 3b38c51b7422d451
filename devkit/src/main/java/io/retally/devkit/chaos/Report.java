package io.retally.devkit.chaos;

import io.retally.devkit.stack.Part;
import io.retally.devkit.verify.Verification;
import io.retally.devkit.watch.Snapshot;
import io.retally.devkit.watch.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a run has done and found; from several threads. */
public final class Report {
    private final Map<FaultKind, Integer> struck = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, Integer> missed = new EnumMap<>(FaultKind.class);
    private final Map<Part, List<Duration>> recoveries = new EnumMap<>(Part.class);
    private final List<String> problems = new ArrayList<>();
    private Watch.@Nullable Figures watched;
    private int verified;
    private long deadLetters;
    private long rows;
    private @Nullable String calmRun;

    synchronized void fault(FaultKind kind, boolean done) {
        (done ? struck : missed).merge(kind, 1, Integer::sum);
    }

    synchronized void recovered(Part part, Duration took) {
        recoveries.computeIfAbsent(part, any -> new ArrayList<>()).add(took);
    }

    synchronized void problem(String problem) {
        problems.add(problem);
    }

    synchronized void verified(Verification.Result result, String when) {
        if (result.isEqual()) {
            verified++;
        } else {
            problem(when + ": published is not what the contract says\n"
                    + result.comparison().toString().indent(4)
                    + result.deadLetters().map(Object::toString).orElse("").indent(4));
        }
        result.deadLetters().ifPresent(letters -> deadLetters = letters.expected());
    }

    synchronized void rows(long count) {
        rows = count;
    }

    synchronized void watched(Watch.Figures figures) {
        watched = figures;
        figures.violations().forEach((claim, count) -> problem("in %,d snapshots not: %s".formatted(count, claim)));
        if (figures.snapshots() == 0) {
            problem("the reader has seen nothing");
        }
    }

    synchronized void calmRun(long steps, Optional<String> difference) {
        calmRun = difference.isEmpty()
                ? "the same %,d changes without faults publish the same %,d rows".formatted(steps, rows)
                : "DIFFERENT";
        difference.ifPresent(first -> problem("a run without faults publishes other rows: " + first));
    }

    /** Nothing was lost, repeated or contradicted, as far as anyone looked. */
    public synchronized boolean isGood() {
        return problems.isEmpty();
    }

    public synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    /** For people. */
    public synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Faults     %,d: %s".formatted(sum(struck), shown(struck)));
        if (!missed.isEmpty()) {
            lines.add("           %,d could not be done as things were: %s".formatted(sum(missed), shown(missed)));
        }
        if (!recoveries.isEmpty()) {
            List<Duration> all =
                    recoveries.values().stream().flatMap(Collection::stream).toList();
            lines.add("Recovery   of %d single kills: p50 %s, max %s"
                    .formatted(all.size(), seconds(median(all)), seconds(longest(all))));
            recoveries.forEach((part, took) -> lines.add("           %-12s p50 %s, max %s"
                    .formatted(part.label(), seconds(median(took)), seconds(longest(took)))));
        }
        Watch.Figures figures = watched;
        if (figures != null) {
            lines.add("Reader     %,d snapshots of %,d epochs, %,d comparisons of two reports, %,d violations"
                    .formatted(
                            figures.snapshots(),
                            figures.epochs(),
                            figures.snapshots() * Snapshot.RELATIONS,
                            figures.violationCount()));
        }
        lines.add("Verified   %d times equal, %,d dead letters".formatted(verified, deadLetters));
        if (calmRun != null) {
            lines.add("Calm run   " + calmRun);
        }
        problems.forEach(problem -> lines.add("PROBLEM    " + problem));
        return lines;
    }

    private static int sum(Map<FaultKind, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String shown(Map<FaultKind, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey().label() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Duration median(List<Duration> durations) {
        return durations.stream().sorted().toList().get(durations.size() / 2);
    }

    private static Duration longest(List<Duration> durations) {
        return Objects.requireNonNull(
                durations.stream().max(Duration::compareTo).orElse(Duration.ZERO));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
