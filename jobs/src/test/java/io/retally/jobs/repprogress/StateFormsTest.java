package io.retally.jobs.repprogress;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.assignment.AssignmentRule;
import io.retally.core.assignment.AssignmentRuleCodec;
import io.retally.core.assignment.DecidedLesson;
import io.retally.core.assignment.DecidedLessonCodec;
import io.retally.core.codec.Codec;
import io.retally.core.document.Collection;
import io.retally.core.document.Origin;
import io.retally.core.ledger.LessonFacts;
import io.retally.core.ledger.LessonFactsCodec;
import io.retally.core.ledger.Rep;
import io.retally.core.ledger.RepCodec;
import io.retally.core.total.Accumulator;
import io.retally.core.total.AccumulatorCodec;
import io.retally.jobs.KeptBytes;
import io.retally.jobs.kafka.DeadLetterMark;
import io.retally.jobs.types.CodecType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of the jobs' own state, and of what Flink keeps beside it to know who wrote it. See {@link KeptBytes}. */
class StateFormsTest {

    /** A value of a state, as its serializer writes it. */
    record Form<T>(String name, int version, TypeSerializer<T> serializer, T value) {
        @Override
        public String toString() {
            return name;
        }

        byte[] written() throws Exception {
            DataOutputSerializer out = new DataOutputSerializer(64);
            serializer.serialize(value, out);
            return out.getCopyOfBuffer();
        }

        T read(byte[] bytes) throws Exception {
            return serializer.deserialize(new DataInputDeserializer(bytes));
        }
    }

    static Stream<Form<?>> forms() {
        return Stream.of(
                new Form<>("day-counts", 1, serializer(long[].class, KeyedRepStore.CountsCodec.class), new long[] {
                    0, 1, 127, 128, 0, 1L << 40
                }),
                new Form<>(
                        "dead-letter-mark",
                        1,
                        TypeInformation.of(DeadLetterMark.class).createSerializer(new SerializerConfigImpl()),
                        new DeadLetterMark(3, 1L << 40)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void thisBuildWritesTheKeptBytes(Form<?> form) throws Exception {
        KeptBytes.assertWritten(form.name, form.version, form.written());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void thisBuildReadsTheKeptBytesOfEveryVersion(Form<?> form) throws Exception {
        for (int version = 1; version <= form.version; version++) {
            assertThat(form.read(KeptBytes.of(form.name, version))).isEqualTo(form.value);
        }
    }

    private static <T> TypeSerializer<T> serializer(Class<T> type, Class<? extends Codec<T>> codec) {
        return CodecType.of(type, codec).createSerializer();
    }

    static Stream<Arguments> serializers() {
        return Stream.of(
                Arguments.of("day-counts", serializer(long[].class, KeyedRepStore.CountsCodec.class)),
                Arguments.of("rep", serializer(Rep.class, RepCodec.class)),
                Arguments.of("lesson-facts", serializer(LessonFacts.class, LessonFactsCodec.class)),
                Arguments.of("accumulator", serializer(Accumulator.class, AccumulatorCodec.class)),
                Arguments.of("assignment-rule", serializer(AssignmentRule.class, AssignmentRuleCodec.class)),
                Arguments.of("decided-lesson", serializer(DecidedLesson.class, DecidedLessonCodec.class)),
                Arguments.of(
                        "dead-letter-mark",
                        TypeInformation.of(DeadLetterMark.class).createSerializer(new SerializerConfigImpl())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("serializers")
    <T> void aSavepointsSerializerIsTheOneOfToday(String name, TypeSerializer<T> serializer) throws Exception {
        TypeSerializerSnapshot<T> today = serializer.snapshotConfiguration();
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(out, today);
        KeptBytes.assertWritten("serializer-of-" + name, 1, out.getCopyOfBuffer());
        TypeSerializerSnapshot<T> kept = TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
                new DataInputDeserializer(KeptBytes.of("serializer-of-" + name, 1)),
                StateFormsTest.class.getClassLoader());
        assertThat(today.resolveSchemaCompatibility(kept).isCompatibleAsIs()).isTrue();
    }

    /** State is found by these texts. */
    @Test
    void keysAreTheKeptOnes() throws Exception {
        Stream<String> documents = Arrays.stream(Collection.values())
                .map(collection ->
                        DocumentChange.of(collection, "id", Origin.LIVE, null).key());
        String keys = Stream.concat(documents, Stream.of(KeyedRepStore.dayKey("p-1", -1)))
                .collect(Collectors.joining("\n"));
        KeptBytes.assertWritten("keys", 1, keys.getBytes(StandardCharsets.UTF_8));
    }
}
