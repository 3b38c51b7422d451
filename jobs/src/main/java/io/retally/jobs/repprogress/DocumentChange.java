package io.retally.jobs.repprogress;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import io.retally.core.document.Collection;
import io.retally.core.document.Document;
import io.retally.core.document.DocumentCodec;
import io.retally.core.document.Origin;
import io.retally.jobs.types.CodecType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A document is now this, or gone.
 *
 * @param key collection and id in one string, which the shuffle hashes
 * @param image see {@link DocumentCodec}; null if the document is gone or unusable
 */
public record DocumentChange(String key, Origin origin, byte @Nullable [] image) {

    public static final CodecType<DocumentChange> TYPE = CodecType.of(DocumentChange.class, Form.class);

    private static final char FIRST_COLLECTION = 'A';
    private static final Collection[] COLLECTIONS = Collection.values();
    private static final Origin[] ORIGINS = Origin.values();

    public static DocumentChange of(Collection collection, String id, Origin origin, @Nullable Document document) {
        return new DocumentChange(
                key(collection, id), origin, document == null ? null : DocumentCodec.toBytes(document));
    }

    /** The same with the image of the whole document, see {@link DocumentCodec#toBytesWithChoice}. */
    public static DocumentChange whole(Collection collection, String id, Origin origin, @Nullable Document document) {
        return new DocumentChange(
                key(collection, id), origin, document == null ? null : DocumentCodec.toBytesWithChoice(document));
    }

    private static String key(Collection collection, String id) {
        return (char) (FIRST_COLLECTION + collection.ordinal()) + id;
    }

    public Collection collection() {
        return COLLECTIONS[key.charAt(0) - FIRST_COLLECTION];
    }

    public String id() {
        return key.substring(1);
    }

    /** Key, origin with the lowest bit for 'has an image', image. */
    public static final class Form implements Codec<DocumentChange> {
        @Override
        public void write(DocumentChange change, DataOutput out) throws IOException {
            Binary.writeText(change.key, out);
            byte[] image = change.image;
            out.writeByte(change.origin.ordinal() << 1 | (image == null ? 0 : 1));
            if (image != null) {
                Binary.writeBytes(image, out);
            }
        }

        @Override
        public DocumentChange read(DataInput in) throws IOException {
            String key = Binary.readText(in);
            int flags = in.readUnsignedByte();
            byte[] image = (flags & 1) == 1 ? Binary.readBytes(in) : null;
            return new DocumentChange(key, ORIGINS[flags >> 1], image);
        }
    }
}
