package io.retally.bench.ingest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lets contenders run in turns: once each to warm up, then in rounds, every other one in reverse order, so that what the
 * machine does meanwhile meets all of them alike.
 */
final class Series {
    private Series() {}

    /** The measured runs of each contender, in the contenders' order. */
    static Map<Contender, List<Run>> run(List<? extends Contender> contenders, int rounds, Consumer<String> progress)
            throws Exception {
        Map<Contender, List<Run>> runs = new LinkedHashMap<>();
        for (Contender contender : contenders) {
            progress.accept("warm-up: " + contender.name());
            contender.run();
            runs.put(contender, new ArrayList<>());
        }
        for (int round = 1; round <= rounds; round++) {
            List<Contender> order = new ArrayList<>(contenders);
            if (round % 2 == 0) {
                Collections.reverse(order);
            }
            for (Contender contender : order) {
                progress.accept("run %d of %d: %s".formatted(round, rounds, contender.name()));
                runs.computeIfAbsent(contender, none -> new ArrayList<>()).add(contender.run());
            }
        }
        return runs;
    }
}
