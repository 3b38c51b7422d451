package io.retally.jobs.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import io.retally.core.assignment.Action;
import io.retally.core.assignment.Assignment;
import io.retally.core.assignment.LessonStanding;
import java.io.IOException;
import java.lang.reflect.Proxy;
import org.apache.flink.connector.mongodb.sink.writer.context.MongoSinkContext;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What MongoDB is told of a change. */
class AssignmentSchemaTest {
    private static final AssignmentId ID = new AssignmentId("c", "p", "l");
    private static final String ID_JSON = "{\"contactId\": \"c\", \"programId\": \"p\", \"lessonId\": \"l\"}";
    private static final MongoSinkContext UNUSED = (MongoSinkContext) Proxy.newProxyInstance(
            AssignmentSchemaTest.class.getClassLoader(),
            new Class<?>[] {MongoSinkContext.class},
            (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private final AssignmentSchema schema = new AssignmentSchema();

    private static AssignmentChange change(boolean opened) {
        LessonStanding grounds =
                new LessonStanding("c", "p", "l", "a", 4, 1, 5, 12, false, opened ? (Long) 1_700_000_000_000L : null);
        return new AssignmentChange(ID, new Assignment("r", Action.ADD, "t", "because", grounds));
    }

    @Test
    void anAssignmentReplacesTheDocumentOfItsId() {
        WriteModel<BsonDocument> model = schema.serialize(change(true), UNUSED);
        assertThat(model).isInstanceOfSatisfying(ReplaceOneModel.class, replace -> {
            assertThat(replace.getReplaceOptions().isUpsert()).isTrue();
            assertThat(((BsonDocument) replace.getReplacement()).toJson())
                    .isEqualTo("{\"_id\": " + ID_JSON
                            + ", \"accountId\": \"a\", \"contactId\": \"c\", \"programId\": \"p\", \"lessonId\": \"l\","
                            + " \"ruleId\": \"r\", \"action\": \"add\", \"targetLessonId\": \"t\", \"reason\": \"because\","
                            + " \"grounds\": {\"questionsAnswered\": 4, \"questionsCorrect\": 1, \"answers\": 5,"
                            + " \"segmentsWatched\": 12, \"completed\": false,"
                            + " \"openedAt\": {\"$date\": \"2023-11-14T22:13:20Z\"}}}");
        });
        assertThat(schema.serialize(change(false), UNUSED))
                .isInstanceOfSatisfying(
                        ReplaceOneModel.class,
                        replace -> assertThat(((BsonDocument) replace.getReplacement()).toJson())
                                .contains("\"openedAt\": null"));
    }

    @Test
    void noAssignmentDeletesIt() {
        assertThat(schema.serialize(new AssignmentChange(ID, null), UNUSED))
                .isInstanceOfSatisfying(
                        DeleteOneModel.class,
                        delete -> assertThat(delete.getFilter().toBsonDocument().toJson())
                                .isEqualTo("{\"_id\": " + ID_JSON + "}"));
    }

    @Test
    void idsAreReadAsTheyAreWrittenAndNoOthers() {
        assertThat(read("{\"_id\": " + ID_JSON + "}")).isEqualTo(ID);
        assertThat(read("{\"_id\": 5}")).isNull();
        assertThat(read("{\"_id\": {\"programId\": \"p\", \"contactId\": \"c\", \"lessonId\": \"l\"}}"))
                .as("another order is another id")
                .isNull();
        assertThat(read("{\"_id\": {\"contactId\": \"c\", \"programId\": \"p\"}}"))
                .isNull();
        assertThat(read("{\"_id\": {\"contactId\": 1, \"programId\": \"p\", \"lessonId\": \"l\"}}"))
                .isNull();
    }

    private static @Nullable AssignmentId read(String json) {
        return AssignmentSchema.read(BsonDocument.parse(json));
    }

    @Test
    void changesAreReadAsTheyWereWritten() throws IOException {
        var serializer = AssignmentChange.TYPE.createSerializer();
        for (AssignmentChange change : new AssignmentChange[] {change(true), new AssignmentChange(ID, null)}) {
            DataOutputSerializer out = new DataOutputSerializer(64);
            serializer.serialize(change, out);
            assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
                    .isEqualTo(change);
        }
    }
}
