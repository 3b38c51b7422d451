package io.retally.jobs.mongo;

import io.retally.core.document.Collection;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.mongodb.source.reader.deserializer.MongoDeserializationSchema;
import org.bson.BsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** Writes a document as extended JSON, which is what the decoder of change messages reads. */
final class StoredDocumentSchema implements MongoDeserializationSchema<StoredDocument> {
    private static final long serialVersionUID = 1;

    private static final JsonWriterSettings CANONICAL =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();
    private static final String PREFIX = "{\"v\": ";

    private final Collection collection;

    StoredDocumentSchema(Collection collection) {
        this.collection = collection;
    }

    @Override
    public StoredDocument deserialize(BsonDocument document) {
        String id = new BsonDocument("v", document.get("_id")).toJson(CANONICAL);
        return new StoredDocument(
                collection, id.substring(PREFIX.length(), id.length() - 1), document.toJson(CANONICAL));
    }

    @Override
    public TypeInformation<StoredDocument> getProducedType() {
        return TypeInformation.of(StoredDocument.class);
    }
}
