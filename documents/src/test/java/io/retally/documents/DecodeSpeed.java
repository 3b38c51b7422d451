package io.retally.documents;

import io.retally.core.document.Collection;
import io.retally.core.document.Origin;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;

/** Measures decoding: {@code java … DecodeSpeed}. Nanoseconds of processor time a message, the best of several rounds on one thread. */
final class DecodeSpeed {
    private static final int MESSAGES = 500_000;
    private static final int ROUNDS = 8;
    /** Processor time, so that what else runs on the machine matters less. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private DecodeSpeed() {}

    public static void main(String[] args) {
        String document =
                "{\"_id\": {\"$oid\": \"650000000000000000000001\"},\"accountId\": \"a1\",\"contactId\": \"c-1234\","
                        + "\"programId\": \"p-12\",\"lessonId\": \"l-3\",\"verb\": \"segment_watched\",\"at\": {\"$date\": 1700000000123},"
                        + "\"segment\": 17}";
        String key = "{\"id\":\"{\\\"$oid\\\": \\\"650000000000000000000001\\\"}\"}";
        String after = document.replace("\"", "\\\"");
        measure("small", key, "{\"after\":\"" + after + "\",\"source\":{\"ts_ms\":1795385724764},\"op\":\"c\"}");
        String connector =
                "{\"before\":null,\"after\":\"" + after + "\",\"updateDescription\":null,\"source\":{\"version\":"
                        + "\"3.6.1.Final\",\"connector\":\"mongodb\",\"name\":\"retally\",\"ts_ms\":1795385724764,\"snapshot\":\"false\","
                        + "\"db\":\"coaching\",\"sequence\":null,\"ts_us\":1795385724764000,\"ts_ns\":1795385724764000000,"
                        + "\"collection\":\"interactions\",\"ord\":2,\"lsid\":null,\"txnNumber\":null,\"wallTime\":1795385724764},"
                        + "\"op\":\"c\",\"ts_ms\":1795385725238,\"transaction\":null}";
        measure("as the connector writes it", key, connector);
        measure("with a string key", "{\"id\":\"\\\"i-1234567\\\"\"}", connector);
    }

    private static void measure(String name, String key, String value) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
        ChangeDecoder decoder = new ChangeDecoder();
        long best = Long.MAX_VALUE;
        long found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < MESSAGES; i++) {
                Decoded decoded = decoder.decode(Collection.INTERACTIONS, Origin.LIVE, keyBytes, valueBytes);
                found += decoded instanceof Decoded.Change change && change.document() != null ? 1 : 0;
            }
            best = Math.min(best, THREADS.getCurrentThreadCpuTime() - start);
        }
        if (found != (long) MESSAGES * ROUNDS) {
            throw new IllegalStateException(name + ": not decoded");
        }
        System.out.println(name + ": " + valueBytes.length + " bytes, " + best / MESSAGES + " ns");
    }
}
