package io.retally.jobs.repprogress;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import io.retally.core.document.Collection;
import io.retally.jobs.types.CodecType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An account or a program, which every rep's contribution may depend on, is now this, or gone (null). */
public record WorldChange(Collection collection, String id, byte @Nullable [] image) {

    public static final CodecType<WorldChange> TYPE = CodecType.of(WorldChange.class, Form.class);

    private static final Collection[] COLLECTIONS = Collection.values();

    /** Collection with the lowest bit for 'has an image', id, image. */
    public static final class Form implements Codec<WorldChange> {
        @Override
        public void write(WorldChange change, DataOutput out) throws IOException {
            byte[] image = change.image;
            out.writeByte(change.collection.ordinal() << 1 | (image == null ? 0 : 1));
            Binary.writeText(change.id, out);
            if (image != null) {
                Binary.writeBytes(image, out);
            }
        }

        @Override
        public WorldChange read(DataInput in) throws IOException {
            int flags = in.readUnsignedByte();
            String id = Binary.readText(in);
            byte[] image = (flags & 1) == 1 ? Binary.readBytes(in) : null;
            return new WorldChange(COLLECTIONS[flags >> 1], id, image);
        }
    }
}
