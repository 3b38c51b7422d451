package io.retally.jobs.repprogress;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import io.retally.core.document.Collection;
import io.retally.core.document.Contact;
import io.retally.core.document.DocumentCodec;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.ledger.RepChanges;
import io.retally.jobs.types.CodecType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Something that changes one rep's ledger: its contact or an enrolment is now this or gone, or an interaction is added or
 * retracted.
 *
 * @param image the document's; null if it is gone. An interaction always has one
 * @param retraction whether an interaction is retracted
 */
public record LedgerChange(
        String contactId, Collection collection, String id, byte @Nullable [] image, boolean retraction) {

    public static final CodecType<LedgerChange> TYPE = CodecType.of(LedgerChange.class, Form.class);

    private static final Collection[] COLLECTIONS = Collection.values();

    /** Adds the change to those that wait for the rep to be settled. */
    void addTo(RepChanges changes) {
        switch (collection) {
            case CONTACTS ->
                changes.contact(image == null ? null : (Contact) DocumentCodec.fromBytes(collection, id, image));
            case ENROLLMENTS ->
                changes.enrollment(
                        id, image == null ? null : (Enrollment) DocumentCodec.fromBytes(collection, id, image));
            case INTERACTIONS -> {
                if (image == null) {
                    throw new IllegalStateException("an interaction is added or retracted with its image: " + id);
                }
                Interaction interaction = (Interaction) DocumentCodec.fromBytes(collection, id, image);
                changes.interaction(interaction, retraction ? -1 : 1);
            }
            default -> throw new IllegalStateException(collection + " belong to no rep's ledger");
        }
    }

    /** Contact, a byte of flags, id, image. */
    public static final class Form implements Codec<LedgerChange> {
        @Override
        public void write(LedgerChange change, DataOutput out) throws IOException {
            Binary.writeId(change.contactId, out);
            byte[] image = change.image;
            out.writeByte(change.collection.ordinal() << 2 | (change.retraction ? 2 : 0) | (image == null ? 0 : 1));
            Binary.writeId(change.id, out);
            if (image != null) {
                Binary.writeBytes(image, out);
            }
        }

        @Override
        public LedgerChange read(DataInput in) throws IOException {
            String contactId = Binary.readId(in);
            int flags = in.readUnsignedByte();
            String id = Binary.readId(in);
            byte[] image = (flags & 1) == 1 ? Binary.readBytes(in) : null;
            return new LedgerChange(contactId, COLLECTIONS[flags >> 2], id, image, (flags & 2) != 0);
        }
    }
}
