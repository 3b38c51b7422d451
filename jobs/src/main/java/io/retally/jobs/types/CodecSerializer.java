package io.retally.jobs.types;

import io.retally.core.codec.Codec;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Serializes immutable values with a {@link Codec}; a copy of a value is the value itself. */
public final class CodecSerializer<T> extends TypeSerializer<T> {

    private static final long serialVersionUID = 1L;

    private final Class<? extends Codec<T>> codecClass;
    private transient @Nullable Codec<T> codec;

    CodecSerializer(Class<? extends Codec<T>> codecClass) {
        this.codecClass = codecClass;
    }

    Class<? extends Codec<T>> codecClass() {
        return codecClass;
    }

    private Codec<T> codec() {
        Codec<T> current = codec;
        if (current == null) {
            try {
                current = codecClass.getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(codecClass + " needs a public constructor without arguments", e);
            }
            codec = current;
        }
        return current;
    }

    @Override
    public void serialize(T value, DataOutputView target) throws IOException {
        codec().write(value, target);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        return codec().read(source);
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public T copy(T from) {
        return from;
    }

    @Override
    public T copy(T from, T reuse) {
        return from;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return new CodecSerializer<>(codecClass);
    }

    @Override
    @SuppressWarnings("NullAway") // Flink takes null where there is no instance to reuse
    public T createInstance() {
        return null;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new CodecSerializerSnapshot<>(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CodecSerializer<?> that && codecClass.equals(that.codecClass);
    }

    @Override
    public int hashCode() {
        return codecClass.hashCode();
    }
}
