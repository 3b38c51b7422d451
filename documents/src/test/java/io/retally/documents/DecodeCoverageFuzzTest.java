package io.retally.documents;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.retally.core.document.Collection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The decoder and the oracle's reader understand alike whatever Jazzer finds by the coverage of both. A build tries the
 * seeds, and what was found once, only. To search on, for as long as it says or until something is found:
 *
 * <pre>
 * JAZZER_FUZZ=1 mvn -B -ntp test -pl documents -am -Dtest=DecodeCoverageFuzzTest -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 *
 * <p>What it finds it writes to {@code src/test/resources/…/DecodeCoverageFuzzTestInputs}, where the seeds are: the digit of
 * a collection, a key, a line feed, a value. Those named after malformed messages are what {@code ./retally load malformed}
 * writes.
 */
final class DecodeCoverageFuzzTest {
    private static final Path SEEDS = Path.of("src/test/resources/io/retally/documents/DecodeCoverageFuzzTestInputs");
    private static final Collection[] COLLECTIONS = Collection.values();

    private final SecondOpinion decoder = new SecondOpinion();

    @DictionaryEntries({
        "{\"id\":\"\\\"x\\\"\"}",
        "\"payload\":",
        "\"op\":",
        "\"after\":",
        "\"source\":",
        "\"ts_ms\":",
        "\\\"_id\\\"",
        "\\\"$oid\\\"",
        "\\\"$date\\\"",
        "\\\"$numberInt\\\"",
        "\\\"$numberLong\\\"",
        "\\\"$numberDouble\\\"",
        "\\\"$numberDecimal\\\"",
        "\\\"$binary\\\"",
        "\\\"$type\\\"",
        "\\\"$uuid\\\"",
        "\\\"$timestamp\\\"",
        "\\\"$undefined\\\"",
        "\\\"$regex\\\"",
        "\\\"$ref\\\"",
        "\\\"$code\\\"",
        "\\\"$scope\\\"",
        "\\\"$symbol\\\"",
        "\\\"$minKey\\\"",
        "\\\\ud800",
        "\\\\u0000",
        "null",
        "1e400",
        "99999999999999999999",
        "2023-11-14T22:13:20.123+05:30",
    })
    @FuzzTest(maxDuration = "1h", maxExecutions = 10_000_000)
    // Also without it Jazzer would try the seeds, but it would instrument the classes of all tests.
    @EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = ".+")
    void understandsAsTheOracleDoes(byte[] input) {
        decode(input);
    }

    static Stream<Path> seeds() throws IOException {
        try (Stream<Path> seeds = Files.walk(SEEDS)) {
            return seeds.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void understandsSeedsAsTheOracleDoes(Path seed) throws IOException {
        decode(Files.readAllBytes(seed));
    }

    private void decode(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int keyEnd = 1;
        while (keyEnd < input.length && input[keyEnd] != '\n') {
            keyEnd++;
        }
        byte[] key = keyEnd == input.length ? null : Arrays.copyOfRange(input, 1, keyEnd);
        byte[] value = Arrays.copyOfRange(input, Math.min(keyEnd + 1, input.length), input.length);
        decoder.decode(COLLECTIONS[Math.floorMod(input[0] - '0', COLLECTIONS.length)], key, value);
    }
}
