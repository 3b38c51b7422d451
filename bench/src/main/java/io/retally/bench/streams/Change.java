package io.retally.bench.streams;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import io.retally.core.document.Collection;
import io.retally.core.document.Document;
import io.retally.core.document.DocumentCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A version of a document that counts from now on, or does no more.
 *
 * @param retract this version no longer counts
 * @param image as {@link DocumentCodec} writes it; null only of an account or a program that is gone
 */
record Change(boolean retract, Collection collection, String id, byte @Nullable [] image) {
    static final Codec<Change> CODEC = new Codec<>() {
        @Override
        public void write(Change change, DataOutput out) throws IOException {
            out.writeBoolean(change.retract);
            out.writeByte(change.collection.ordinal());
            Binary.writeText(change.id, out);
            out.writeBoolean(change.image != null);
            if (change.image != null) {
                Binary.writeBytes(change.image, out);
            }
        }

        @Override
        public Change read(DataInput in) throws IOException {
            return new Change(
                    in.readBoolean(),
                    Collection.values()[in.readByte()],
                    Binary.readText(in),
                    in.readBoolean() ? Binary.readBytes(in) : null);
        }
    };

    Document document() {
        return DocumentCodec.fromBytes(collection, id, Objects.requireNonNull(image));
    }
}
