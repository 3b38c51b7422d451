package io.retally.bench.scale;

import io.retally.bench.scale.Slice.Message;
import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.ChangeOfDocument.Op;
import io.retally.devkit.load.destination.DebeziumMessages;
import io.retally.devkit.load.destination.KafkaTarget;
import io.retally.devkit.stack.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Cuts a company's changes into slices in each of which as many interactions are inserted. */
final class Slices {
    private final Iterator<ChangeOfDocument> changes;
    private final int interactions;
    private final DebeziumMessages debezium = new DebeziumMessages(Topics.PREFIX, KafkaTarget.LIVE, Clock.systemUTC());

    Slices(Iterator<ChangeOfDocument> changes, int interactions) {
        this.changes = changes;
        this.interactions = interactions;
    }

    /** The next slice; throws NoSuchElementException if there are no more so many interactions. */
    Slice next() {
        List<Message> messages = new ArrayList<>(interactions);
        long taken = 0;
        int inserted = 0;
        while (inserted < interactions) {
            ChangeOfDocument change = changes.next();
            String topic = Topics.live(change.collection().collectionName());
            byte[] key = debezium.key(change.id());
            messages.add(new Message(topic, key, debezium.value(change)));
            if (change.op() == Op.DELETE) {
                messages.add(new Message(topic, key, null));
            }
            taken++;
            if (change.collection() == Collection.INTERACTIONS && change.op() == Op.INSERT) {
                inserted++;
            }
        }
        return new Slice(messages, taken);
    }
}
