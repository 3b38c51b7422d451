package io.retally.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Collection;
import io.retally.core.document.Origin;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever the bytes: nothing is thrown, the oracle understands the same, and the same bytes always mean the same, also to a
 * decoder that has read others.
 */
final class DecodeFuzzTest {
    private final SecondOpinion used = new SecondOpinion();

    @Property(tries = 5_000)
    void survivesAnyBytes(@ForAll long seed) {
        Random random = new Random(seed);
        RandomDocuments documents = new RandomDocuments(random);
        Collection collection = RandomDocuments.oneOf(random, List.of(Collection.values()));
        String after = random.nextInt(4) == 0
                ? mutatedText(random, documents.document(collection).json())
                : documents.document(collection).json();
        String json = Messages.value("rcud".charAt(random.nextInt(4)) + "", after);
        byte[] value = Messages.bytes(random.nextBoolean() ? json : Messages.wrapped(json));
        byte[] key = Messages.bytes(Messages.key(documents.id().json()));
        for (int i = random.nextInt(4); i > 0; i--) {
            value = mutated(random, value);
        }
        if (random.nextInt(4) == 0) {
            key = mutated(random, key);
        }
        Decoded first = used.decode(collection, key, value);
        assertThat(first).isInstanceOfAny(Decoded.Change.class, Decoded.NoChange.class);
        assertThat(used.decode(collection, key, value)).isEqualTo(first);
        assertThat(new ChangeDecoder().decode(collection, Origin.LIVE, key, value))
                .isEqualTo(first);
    }

    @Property
    void survivesRandomBytes(@ForAll byte[] key, @ForAll byte[] value) {
        assertThat(used.decode(Collection.PROGRAMS, key, value)).isInstanceOf(Decoded.NoChange.class);
    }

    private static byte[] mutated(Random random, byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(40));
        byte[] copy = bytes.clone();
        switch (random.nextInt(6)) {
            case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> copy[at] = (byte) "\"\\{}[]:,$0-.eEtfn \n\0".charAt(random.nextInt(20));
            case 2 -> copy = Arrays.copyOf(bytes, at);
            case 3 -> copy = spliced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
            case 4 -> copy = spliced(bytes, at, length, new byte[0]);
            default -> copy = spliced(bytes, at, 0, Messages.bytes("{\"$oid\":[".repeat(1 + random.nextInt(3))));
        }
        return copy;
    }

    private static byte[] spliced(byte[] bytes, int at, int removed, byte[] inserted) {
        byte[] copy = new byte[bytes.length - removed + inserted.length];
        System.arraycopy(bytes, 0, copy, 0, at);
        System.arraycopy(inserted, 0, copy, at, inserted.length);
        System.arraycopy(bytes, at + removed, copy, at + inserted.length, bytes.length - at - removed);
        return copy;
    }

    private static String mutatedText(Random random, String text) {
        String[] values = {
            "null",
            "5",
            "-0.0",
            "1e99",
            "\"x\"",
            "[]",
            "{}",
            "[[1]]",
            "true",
            "{\"$date\": \"x\"}",
            "{\"$numberLong\": 5}",
            "{\"$binary\": \"!\", \"$type\": \"04\"}",
            "{\"$oid\": \"\\ud800\"}",
            "\"\\u0000\""
        };
        String value = values[random.nextInt(values.length)];
        int colon = text.indexOf(": ", random.nextInt(text.length()));
        int comma = text.indexOf(", ", colon);
        return colon < 0 || comma < 0 ? text : text.substring(0, colon + 2) + value + text.substring(comma);
    }
}
