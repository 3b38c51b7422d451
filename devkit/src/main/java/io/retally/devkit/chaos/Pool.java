package io.retally.devkit.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bson.BsonDocument;

/** Documents that changes are made to, as they are now, and some that are gone; of a long row of them a sample. */
final class Pool {
    private static final int MOST = 3_000;
    private static final int MOST_GONE = 200;

    private final Random random;
    private final List<BsonDocument> present = new ArrayList<>();
    private final List<BsonDocument> gone = new ArrayList<>();

    Pool(Random random) {
        this.random = random;
    }

    /** A document is there, in place of any when there are enough. */
    void add(BsonDocument document) {
        if (present.size() < MOST) {
            present.add(document);
        } else {
            present.set(random.nextInt(MOST), document);
        }
    }

    Optional<BsonDocument> any() {
        return present.isEmpty() ? Optional.empty() : Optional.of(present.get(random.nextInt(present.size())));
    }

    /** The document has become another version of itself. */
    void replace(BsonDocument before, BsonDocument after) {
        present.set(place(before), after);
    }

    void remove(BsonDocument document) {
        present.remove(place(document));
        if (gone.size() < MOST_GONE) {
            gone.add(document);
        } else {
            gone.set(random.nextInt(MOST_GONE), document);
        }
    }

    /** One that was removed is there again. */
    Optional<BsonDocument> restore() {
        if (gone.isEmpty()) {
            return Optional.empty();
        }
        BsonDocument document = gone.remove(random.nextInt(gone.size()));
        add(document);
        return Optional.of(document);
    }

    @SuppressWarnings("ReferenceEquality") // this very one, not its like
    private int place(BsonDocument document) {
        for (int i = 0; i < present.size(); i++) {
            if (present.get(i) == document) {
                return i;
            }
        }
        throw new IllegalArgumentException("not in the pool: " + document.get("_id"));
    }
}
