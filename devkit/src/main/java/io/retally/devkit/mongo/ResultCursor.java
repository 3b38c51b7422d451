package io.retally.devkit.mongo;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The rest of a query's result, found as it is asked for. A batch ends by count or by size, whichever comes first. */
final class ResultCursor extends AbstractCursor {

    private static final int DEFAULT_BATCH_DOCUMENTS = 10_000;
    private static final int MAX_BATCH_BYTES = 16 << 20;

    private final Iterator<Document> documents;

    ResultCursor(long id, Iterator<Document> documents) {
        super(id);
        this.documents = documents;
    }

    @Override
    public synchronized boolean isEmpty() {
        return !documents.hasNext();
    }

    /** At least one document if there is one; at most {@code most}, where 0 leaves the number to the server. */
    @Override
    public synchronized List<Document> takeDocuments(int most) {
        int limit = most > 0 ? most : DEFAULT_BATCH_DOCUMENTS;
        List<Document> batch = new ArrayList<>();
        int bytes = 0;
        while (batch.size() < limit && bytes < MAX_BATCH_BYTES && documents.hasNext()) {
            Document document = documents.next();
            bytes += Bson.encode(document).length;
            batch.add(document);
        }
        return batch;
    }
}
