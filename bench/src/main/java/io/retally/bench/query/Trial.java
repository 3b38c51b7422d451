package io.retally.bench.query;

import io.retally.bench.result.Distribution;
import io.retally.bench.result.Steps;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** A peer answers what the tables have answered, is compared, and only then its time is taken. */
final class Trial {
    /** A question whose answers took so long together is not asked any more. */
    private static final Duration ENOUGH = Duration.ofMinutes(1);

    private Trial() {}

    /**
     * What a peer took.
     *
     * @param questions those that it answered in time, each as often as it was asked after the comparison
     */
    record Taken(String name, String description, Map<Question, Distribution> questions) {}

    /**
     * Throws if an answer is not ours, row by row.
     *
     * @param ours what was asked of the tables, and answered; nothing was written since then
     * @param runs how often each is asked at most, after it was asked for the comparison
     */
    static Taken run(Peer peer, List<Served.Told> ours, int runs, Steps steps) throws SQLException {
        Map<Question, List<Served.Told>> byQuestion = new EnumMap<>(Question.class);
        ours.forEach(told -> byQuestion
                .computeIfAbsent(told.asking().question(), none -> new ArrayList<>())
                .add(told));
        Map<Question, Distribution> questions = new EnumMap<>(Question.class);
        for (Map.Entry<Question, List<Served.Told>> asked : byQuestion.entrySet()) {
            Question question = asked.getKey();
            try {
                for (Served.Told told : asked.getValue()) {
                    compare(peer, told);
                }
                Distribution took = new Distribution(time(peer, asked.getValue(), runs));
                questions.put(question, took);
                steps.say(
                        "  %-12s equal %d times, p50 %.1f ms",
                        question.label(), asked.getValue().size(), Distribution.millis(took.p50()));
            } catch (TimeoutException e) {
                steps.say("  %-12s no answer after %d s", question.label(), Peer.PATIENCE.toSeconds());
            }
        }
        return new Taken(peer.name(), peer.description(), questions);
    }

    private static void compare(Peer peer, Served.Told told) throws SQLException, TimeoutException {
        Answer theirs = Answer.of(told.kinds(), peer.ask(told.asking(), told.now()));
        told.answer().difference(theirs).ifPresent(difference -> {
            throw Peer.unusable(
                    peer.name(), "its answer to " + told.asking() + " is not that of the tables: " + difference);
        });
    }

    private static List<Duration> time(Peer peer, List<Served.Told> asked, int runs)
            throws SQLException, TimeoutException {
        List<Duration> took = new ArrayList<>();
        long begin = System.nanoTime();
        for (int run = 0; run < runs; run++) {
            for (Served.Told told : asked) {
                long asking = System.nanoTime();
                peer.ask(told.asking(), told.now());
                long now = System.nanoTime();
                took.add(Duration.ofNanos(now - asking));
                if (now - begin > ENOUGH.toNanos()) {
                    return took;
                }
            }
        }
        return took;
    }
}
