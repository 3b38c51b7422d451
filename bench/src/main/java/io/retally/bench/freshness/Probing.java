package io.retally.bench.freshness;

import io.retally.bench.probe.Appender;
import io.retally.bench.probe.Kind;
import io.retally.bench.probe.Probe;
import io.retally.bench.probe.Prober;
import io.retally.bench.probe.Reader;
import io.retally.bench.result.Distribution;
import io.retally.bench.stack.BackgroundLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes probes, one after the other, while a load goes on. Before each it waits for a random part of an epoch: probes that
 * followed at once on the publication before would all wait for a whole one.
 */
final class Probing {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<Prober> probers;
    private final Appender appender;
    private final Reader reader;
    private final Duration epoch;
    private final Random random;

    Probing(List<Prober> probers, Appender appender, Reader reader, Duration epoch, long seed) {
        this.probers = List.copyOf(probers);
        this.appender = appender;
        this.reader = reader;
        this.epoch = epoch;
        this.random = new Random(seed);
    }

    /** What was measured. */
    record Measured(Map<Kind, Distribution> kinds, Map<Kind, Integer> tables) {}

    /** One round that is not counted, then rounds until the time is over, one at least. */
    Measured run(Duration time, BackgroundLoad load) throws InterruptedException {
        round(load, new EnumMap<>(Kind.class), new EnumMap<>(Kind.class));
        Map<Kind, List<Duration>> measured = new EnumMap<>(Kind.class);
        Map<Kind, Integer> tables = new EnumMap<>(Kind.class);
        long begin = System.nanoTime();
        do {
            round(load, measured, tables);
        } while (System.nanoTime() - begin < time.toNanos());
        Map<Kind, Distribution> kinds = new EnumMap<>(Kind.class);
        measured.forEach((kind, durations) -> kinds.put(kind, new Distribution(durations)));
        return new Measured(kinds, tables);
    }

    /** Each subject through its whole cycle; who comes next is drawn. */
    private void round(BackgroundLoad load, Map<Kind, List<Duration>> measured, Map<Kind, Integer> tables)
            throws InterruptedException {
        List<Prober> order = new ArrayList<>();
        probers.forEach(prober -> order.addAll(Collections.nCopies(prober.cycleLength(), prober)));
        Collections.shuffle(order, random);
        for (Prober prober : order) {
            Thread.sleep(random.nextInt((int) epoch.toMillis()));
            Probe probe = prober.next();
            Appender.Sent sent = appender.append(probe.change());
            Reader.Seen seen = reader.await(probe, sent, PATIENCE);
            load.requireWell();
            measured.computeIfAbsent(probe.kind(), none -> new ArrayList<>())
                    .add(Duration.ofNanos(seen.nanos() - sent.nanos()));
            tables.put(probe.kind(), probe.tables().size());
        }
    }
}
