package io.retally.bench.stack;

import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.RateLimit;
import io.retally.devkit.load.destination.KafkaTarget;
import io.retally.devkit.load.destination.MongoTarget;
import io.retally.devkit.load.destination.Target;
import io.retally.devkit.stack.Topics;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The JVM of a {@link BackgroundLoad}. Arguments: Kafka's bootstrap servers or MongoDB's connection string, changes a second,
 * those of {@link Companies}. It says {@link #BEGUN} in a line and writes until its input ends; then it says in one line how
 * many changes that were, and in how many nanoseconds.
 */
public final class LoadProcess {
    static final String BEGUN = "begun";

    private LoadProcess() {}

    public static void main(String[] arguments) {
        Iterator<ChangeOfDocument> changes =
                Companies.parse(List.of(arguments).subList(2, arguments.length)).changes();
        AtomicBoolean stopping = new AtomicBoolean();
        Thread input = new Thread(
                () -> {
                    awaitEndOfInput();
                    stopping.set(true);
                },
                "input");
        input.setDaemon(true);
        input.start();
        long written = 0;
        System.out.println(BEGUN);
        RateLimit limit = RateLimit.perSecond(Double.parseDouble(arguments[1]));
        long begin = System.nanoTime();
        try (Target target = target(arguments[0])) {
            while (!stopping.get()) {
                limit.await();
                target.accept(changes.next());
                written++;
            }
            target.flush();
        }
        System.out.println(written + " " + (System.nanoTime() - begin));
    }

    private static Target target(String destination) {
        return destination.startsWith("mongodb://")
                ? new MongoTarget(destination)
                : new KafkaTarget(destination, Topics.PREFIX, KafkaTarget.LIVE);
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            // Who has started this is gone.
        }
    }
}
