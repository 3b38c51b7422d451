package io.retally.core.ledger;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import io.retally.core.document.Collection;
import io.retally.core.document.Contact;
import io.retally.core.document.DocumentCodec;
import io.retally.core.document.Enrollment;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A version byte, the contact, the enrolments, the standings. */
public final class RepCodec implements Codec<Rep> {

    private static final int VERSION = 1;

    @Override
    public void write(Rep rep, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        Contact contact = rep.contact();
        out.writeBoolean(contact != null);
        if (contact != null) {
            Binary.writeText(contact.id(), out);
            Binary.writeBytes(DocumentCodec.toBytes(contact), out);
        }
        Binary.writeUnsigned(rep.enrollments().size(), out);
        for (Enrollment enrollment : rep.enrollments().values()) {
            Binary.writeText(enrollment.id(), out);
            Binary.writeBytes(DocumentCodec.toBytes(enrollment), out);
        }
        Binary.writeUnsigned(rep.standings().size(), out);
        for (Map.Entry<String, Standing> entry : rep.standings().entrySet()) {
            Binary.writeText(entry.getKey(), out);
            writeStanding(entry.getValue(), out);
        }
    }

    @Override
    public Rep read(DataInput in) throws IOException {
        Binary.requireVersion(VERSION, "a rep", in);
        Contact contact = null;
        if (in.readBoolean()) {
            contact = (Contact) DocumentCodec.fromBytes(Collection.CONTACTS, Binary.readText(in), Binary.readBytes(in));
        }
        SortedMap<String, Enrollment> enrollments = new TreeMap<>();
        int enrollmentCount = Binary.readLength(in);
        for (int i = 0; i < enrollmentCount; i++) {
            String id = Binary.readText(in);
            enrollments.put(id, (Enrollment) DocumentCodec.fromBytes(Collection.ENROLLMENTS, id, Binary.readBytes(in)));
        }
        SortedMap<String, Standing> standings = new TreeMap<>();
        int standingCount = Binary.readLength(in);
        for (int i = 0; i < standingCount; i++) {
            standings.put(Binary.readText(in), readStanding(in));
        }
        return new Rep(contact, enrollments, standings);
    }

    private static void writeStanding(Standing standing, DataOutput out) throws IOException {
        Binary.writeUnsigned(standing.lessonsOpened(), out);
        Binary.writeUnsigned(standing.lessonsCompleted(), out);
        Binary.writeUnsigned(standing.lessonsPassed(), out);
        Binary.writeUnsigned(standing.segmentsWatched(), out);
        Binary.writeUnsigned(standing.questionsAnswered(), out);
        Binary.writeUnsigned(standing.questionsCorrect(), out);
        Binary.writeUnsigned(standing.answers(), out);
        Binary.writeUnsigned(standing.messagesSent(), out);
        Binary.writeUnsigned(standing.messagesClicked(), out);
        Binary.writeOptional(standing.firstActivityAt(), out);
        Binary.writeOptional(standing.lastActivityAt(), out);
        Binary.writeOptional(standing.requiredCompletedAt(), out);
    }

    private static Standing readStanding(DataInput in) throws IOException {
        return new Standing(
                Binary.readUnsigned(in),
                Binary.readUnsigned(in),
                Binary.readUnsigned(in),
                Binary.readUnsigned(in),
                Binary.readUnsigned(in),
                Binary.readUnsigned(in),
                Binary.readUnsigned(in),
                Binary.readUnsigned(in),
                Binary.readUnsigned(in),
                Binary.readOptional(in),
                Binary.readOptional(in),
                Binary.readOptional(in));
    }
}
