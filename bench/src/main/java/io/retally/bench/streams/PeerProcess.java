package io.retally.bench.streams;

import io.retally.jobs.kafka.ChangeTopics;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The peer's JVM. It stays for all runs, so that it is as warm as the cluster that it is compared with.
 *
 * <p>Arguments: Kafka's address, the change topics' prefix, the folder of state, the threads. Each line on standard input is
 * the application id of a run, which is also the prefix of its topics of rows; {@link #RUNNING} and the time in milliseconds
 * answers it. An empty line ends the run and removes its local state; {@link #STOPPED} answers it. The end of the input ends
 * the process, as does a run that fails.
 */
public final class PeerProcess {
    public static final String RUNNING = "running ";
    public static final String STOPPED = "stopped";

    private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);
    /** Over all stores of all threads. With the default of 10 MB most changes would be written to RocksDB and to Kafka one by one. */
    private static final long CACHE_BYTES = 256L << 20;
    /** A program's change settles all its reps in one step, which may take longer than the default of 10 s. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(10);

    private PeerProcess() {}

    public static void main(String[] arguments) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String id = lines.readLine(); id != null; id = lines.readLine()) {
            KafkaStreams streams = start(arguments, id);
            if (lines.readLine() == null) {
                Runtime.getRuntime().halt(0); // closing would wait for a broker that may be gone
            }
            streams.close();
            streams.cleanUp();
            System.out.println(STOPPED);
        }
    }

    private static KafkaStreams start(String[] arguments, String id) {
        int threads = Integer.parseInt(arguments[3]);
        KafkaStreams streams = new KafkaStreams(
                StreamsTopology.define(new ChangeTopics(arguments[1]), id, threads),
                settings(arguments[0], arguments[2], id, threads));
        AtomicBoolean told = new AtomicBoolean();
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING && told.compareAndSet(false, true)) {
                System.out.println(RUNNING + System.currentTimeMillis());
            }
        });
        streams.setUncaughtExceptionHandler(failure -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1); // whoever waits for the run sees it at once
            throw new AssertionError(failure);
        });
        streams.start();
        return streams;
    }

    static Properties settings(String kafka, String state, String id, int threads) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, id);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_EVERY.toMillis());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int)
                TRANSACTION_TIMEOUT.toMillis());
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG), (int)
                TRANSACTION_TIMEOUT.toMillis());
        return settings;
    }
}
