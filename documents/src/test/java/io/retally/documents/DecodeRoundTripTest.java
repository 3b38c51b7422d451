package io.retally.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Collection;
import io.retally.core.document.Origin;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bson.BsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** A document means the same in every legal form. */
final class DecodeRoundTripTest {
    private final ChangeDecoder decoder = new ChangeDecoder();

    @Property(tries = 3_000)
    void decodesToTheSameDocument(@ForAll long seed, @ForAll Collection collection) {
        RandomDocuments documents = new RandomDocuments(new Random(seed));
        var written = documents.document(collection);
        // The key is one more form of the id that the document holds; here the text of it decides.
        String key = Messages.key(Messages.quoted(written.meant().id()));
        String value = Messages.value("u", written.json());
        for (String form : List.of(value, Messages.wrapped(value))) {
            Decoded decoded = decoder.decode(collection, Origin.LIVE, Messages.bytes(key), Messages.bytes(form));
            assertThat(decoded)
                    .as(form)
                    .isEqualTo(new Decoded.Change(
                            collection, Origin.LIVE, written.meant().id(), written.meant(), 1_795_385_724_764L, null));
        }
    }

    /** As MongoDB's driver writes what it has read, whatever form it was inserted in. */
    @Property(tries = 1_000)
    void decodesAStoredDocumentToTheSame(@ForAll long seed, @ForAll Collection collection) {
        RandomDocuments documents = new RandomDocuments(new Random(seed));
        var written = documents.document(collection);
        String stored = BsonDocument.parse(written.json())
                .toJson(JsonWriterSettings.builder()
                        .outputMode(JsonMode.EXTENDED)
                        .build());
        assertThat(decoder.decodeStored(
                        collection, Messages.quoted(written.meant().id()), stored))
                .as(stored)
                .isEqualTo(new Decoded.Change(
                        collection, Origin.LIVE, written.meant().id(), written.meant(), Decoded.NO_SOURCE_TIME, null));
    }
}
