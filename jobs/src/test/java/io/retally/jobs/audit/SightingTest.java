package io.retally.jobs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Collection;
import io.retally.core.document.Contact;
import io.retally.core.document.Origin;
import io.retally.jobs.repprogress.DocumentChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a document's messages and its stored image amount to, in whatever order they come. */
class SightingTest {
    private static final String DOCUMENT =
            DocumentChange.of(Collection.CONTACTS, "c", Origin.LIVE, null).key();

    private static byte @Nullable [] image(@Nullable String name) {
        return name == null
                ? null
                : DocumentChange.of(Collection.CONTACTS, "c", Origin.LIVE, new Contact("c", "a", name, null, null))
                        .image();
    }

    private static Sighting said(long offset, @Nullable String name) {
        byte[] key = ("key " + offset).getBytes(StandardCharsets.UTF_8);
        return new Sighting(DOCUMENT, new Sighting.Said(2, offset, key, image(name)), null);
    }

    private static Sighting stored(@Nullable String name) {
        return new Sighting(DOCUMENT, null, new Sighting.Stored("\"c\"", image(name)));
    }

    private static String found(Sighting... sightings) {
        List<Sighting> some = new ArrayList<>(List.of(sightings));
        return some.stream()
                .reduce(Sighting::and)
                .flatMap(Sighting::finding)
                .map(finding -> finding.kind().name())
                .orElse("nothing");
    }

    @Test
    void theLastMessageIsCompared() {
        assertThat(found(said(1, "Ada"), said(2, "Bea"), stored("Bea"))).isEqualTo("nothing");
        assertThat(found(said(1, "Ada"), said(2, "Bea"), stored("Ada"))).isEqualTo("DIFFERENT");
        assertThat(found(said(1, "Ada"), said(2, "Bea"))).isEqualTo("GONE");
        assertThat(found(said(1, "Ada"), said(2, null))).isEqualTo("nothing");
        assertThat(found(said(1, "Ada"), said(2, null), stored("Ada"))).isEqualTo("MISSING");
        assertThat(found(stored("Ada"))).isEqualTo("MISSING");
    }

    @Test
    void anUnusableDocumentIsAnAbsentOne() {
        assertThat(found(stored(null))).isEqualTo("nothing");
        assertThat(found(said(1, null), stored(null))).isEqualTo("nothing");
        assertThat(found(said(1, "Ada"), stored(null))).isEqualTo("DIFFERENT");
    }

    @Property
    void theOrderDoesNotMatter(@ForAll long seed) {
        Random random = new Random(seed);
        List<Sighting> sightings = new ArrayList<>();
        for (int offset = 0; offset <= random.nextInt(5); offset++) {
            sightings.add(said(offset, random.nextInt(3) == 0 ? null : "n" + random.nextInt(2)));
        }
        if (random.nextBoolean()) {
            sightings.add(stored(random.nextInt(3) == 0 ? null : "n" + random.nextInt(2)));
        }
        String inOrder = found(sightings.toArray(new Sighting[0]));
        Collections.shuffle(sightings, random);
        assertThat(found(sightings.toArray(new Sighting[0]))).isEqualTo(inOrder);
    }
}
