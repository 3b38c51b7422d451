package io.retally.bench.stack;

import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.Load;
import io.retally.devkit.load.LoadSummary;
import io.retally.devkit.load.RateLimit;
import io.retally.devkit.load.destination.KafkaTarget;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.Lag;
import io.retally.devkit.stack.StackException;
import io.retally.devkit.stack.Topics;
import io.retally.devkit.verify.Publishing;
import io.retally.devkit.verify.Verification;
import io.retally.oracle.Progress;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/** Changes on their way from the live topics into the tables. */
public final class Loading {
    private Loading() {}

    /**
     * A load that was written and published.
     *
     * @param took from the first change written to the epoch that holds all
     */
    public record Loaded(LoadSummary summary, Duration took) {
        public double changesPerSecond() {
            return summary.changes() / (took.toNanos() / 1e9);
        }
    }

    /** Writes changes to the live topics, as fast as it goes. */
    public static LoadSummary write(
            Endpoints endpoints, Iterator<ChangeOfDocument> changes, long interactions, PrintWriter out) {
        try (KafkaTarget target = new KafkaTarget(endpoints.kafkaBootstrap(), Topics.PREFIX, KafkaTarget.LIVE)) {
            LoadSummary summary = new Load(target, RateLimit.none(), out).run("generated", changes, interactions);
            out.println(summary.line("  generated"));
            out.flush();
            return summary;
        }
    }

    /** Writes changes while the job reads them, and waits until all are published. */
    public static Loaded publish(
            Endpoints endpoints, Iterator<ChangeOfDocument> changes, long interactions, PrintWriter out)
            throws Lag.Unknown, SQLException, InterruptedException {
        long begin = System.nanoTime();
        LoadSummary summary = write(endpoints, changes, interactions, out);
        awaitPublished(endpoints);
        return new Loaded(summary, Duration.ofNanos(System.nanoTime() - begin));
    }

    /** Returns when an epoch is published that holds all that is in the logs now. */
    public static void awaitPublished(Endpoints endpoints) throws Lag.Unknown, SQLException, InterruptedException {
        Publishing.await(endpoints.postgres(), ends(endpoints), Progress.SILENT);
    }

    /** How many messages there are in the logs that the job reads. */
    public static long messages(Endpoints endpoints) throws Lag.Unknown {
        return ends(endpoints).values().stream().mapToLong(Long::longValue).sum();
    }

    /** Where the logs that the job reads end now. */
    public static Map<TopicPartition, Long> ends(Endpoints endpoints) throws Lag.Unknown {
        return Lag.ends(
                endpoints.kafkaBootstrap(),
                Stream.concat(Topics.live().stream(), Topics.backfill().stream())
                        .toList());
    }

    /** Throws unless every table is equal to what the contract makes of the logs. */
    public static void requireTrue(Endpoints endpoints) throws Exception {
        Verification.Result result = new Verification(endpoints, Progress.SILENT).fromLogs();
        if (!result.isEqual()) {
            throw new StackException(
                    "the tables are not what the contract says:\n" + result.comparison()
                            + result.deadLetters().map(Object::toString).orElse(""),
                    "report this as a bug");
        }
    }
}
