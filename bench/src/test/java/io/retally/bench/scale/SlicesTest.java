package io.retally.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.bench.scale.Slice.Message;
import io.retally.core.document.Collection;
import io.retally.core.document.Origin;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.ChangeOfDocument.Op;
import io.retally.documents.ChangeDecoder;
import io.retally.documents.Decoded;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SlicesTest {
    private static final Population POPULATION = new Population(1, 40);

    @Test
    void slicesFollowOnEachOther() {
        Slices slices = new Slices(POPULATION.company(3_000), 1_000);
        List<String> sliced = new ArrayList<>();
        long changes = 0;
        for (int i = 0; i < 3; i++) {
            Slice slice = slices.next();
            slice.messages().forEach(message -> sliced.add(what(message)));
            changes += slice.changes();
        }
        List<String> expected = new ArrayList<>();
        Iterator<ChangeOfDocument> all = POPULATION.company(3_000);
        int inserted = 0;
        long taken = 0;
        while (inserted < 3_000) {
            ChangeOfDocument change = all.next();
            taken++;
            String topic = "retally.coaching." + change.collection().name().toLowerCase(Locale.ROOT);
            expected.add(topic + (change.op() == Op.DELETE ? " deleted" : " is"));
            if (change.op() == Op.DELETE) {
                expected.add(topic + " tombstone");
            }
            if (change.collection() == Collection.INTERACTIONS && change.op() == Op.INSERT) {
                inserted++;
            }
        }
        assertThat(sliced).isEqualTo(expected).contains("retally.coaching.interactions tombstone");
        assertThat(changes).isEqualTo(taken);
    }

    /** As the job reads it. */
    private static String what(Message message) {
        Collection collection = Collection.valueOf(
                message.topic().substring("retally.coaching.".length()).toUpperCase(Locale.ROOT));
        if (message.value() == null) {
            return message.topic() + " tombstone";
        }
        Decoded decoded = new ChangeDecoder().decode(collection, Origin.LIVE, message.key(), message.value());
        assertThat(decoded).isInstanceOf(Decoded.Change.class);
        return message.topic() + (((Decoded.Change) decoded).document() == null ? " deleted" : " is");
    }
}
