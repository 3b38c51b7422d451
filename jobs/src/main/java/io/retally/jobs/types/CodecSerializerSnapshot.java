package io.retally.jobs.types;

import io.retally.core.codec.Codec;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;

/**
 * Remembers in a savepoint which codec wrote the state. The forms themselves carry a version byte, so that a codec can
 * read what its earlier versions wrote.
 */
public final class CodecSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {

    private static final int VERSION = 1;

    private @Nullable Class<? extends Codec<T>> codecClass;

    /** For Flink, which reads the snapshot into it. */
    public CodecSerializerSnapshot() {}

    CodecSerializerSnapshot(CodecSerializer<T> serializer) {
        codecClass = serializer.codecClass();
    }

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(Objects.requireNonNull(codecClass).getName());
    }

    @Override
    @SuppressWarnings("unchecked") // the name was written from a codec of this type
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader classLoader) throws IOException {
        if (readVersion != VERSION) {
            throw new IOException("the snapshot of a serializer is stored in version " + readVersion
                    + ", this build reads version " + VERSION + ": restore with the build that wrote it");
        }
        codecClass = (Class<? extends Codec<T>>)
                (Class<?>) InstantiationUtil.resolveClassByName(in, classLoader, Codec.class);
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return new CodecSerializer<>(Objects.requireNonNull(codecClass));
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> oldSnapshot) {
        return oldSnapshot instanceof CodecSerializerSnapshot<T> old && Objects.equals(old.codecClass, codecClass)
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
