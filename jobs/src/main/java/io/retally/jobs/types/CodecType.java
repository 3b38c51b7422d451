package io.retally.jobs.types;

import io.retally.core.codec.Codec;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** The type of an immutable value that a {@link Codec} writes. No reflection, no Kryo. */
public final class CodecType<T> extends TypeInformation<T> {

    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final Class<? extends Codec<T>> codec;

    private CodecType(Class<T> type, Class<? extends Codec<T>> codec) {
        this.type = type;
        this.codec = codec;
    }

    /**
     * The type of {@code type}.
     *
     * @param codec a codec with a public constructor without arguments
     */
    public static <T> CodecType<T> of(Class<T> type, Class<? extends Codec<T>> codec) {
        return new CodecType<>(type, codec);
    }

    public TypeSerializer<T> createSerializer() {
        return new CodecSerializer<>(codec);
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return createSerializer();
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // nobody of ours calls it: Flink 1.20 still demands it
    public TypeSerializer<T> createSerializer(ExecutionConfig config) {
        return createSerializer();
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return type;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof CodecType<?>;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CodecType<?> that && type.equals(that.type) && codec.equals(that.codec);
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }
}
