package io.retally.core.document;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The image of a document that state remembers, so that it can be retracted: a version byte, then the fields in the
 * order of the contract. The id and the collection are the state's key and not in the image. An interaction's {@code
 * choice}, which no table serves, is only in the image of {@link #toBytesWithChoice}.
 *
 * <p>Version 2, of interactions, holds ids as {@link Binary#writeId} does, in about half the bytes. There are many of them;
 * others stay in version 1.
 */
public final class DocumentCodec {

    private static final int VERSION = 1;
    private static final int VERSION_OF_INTERACTIONS = 2;
    private static final Verb[] VERBS = Verb.values();

    private DocumentCodec() {}

    public static byte[] toBytes(Document document) {
        return Binary.toBytes(new Image(document.collection(), document.id(), false), document);
    }

    /** The image of the whole document: of an interaction, with its {@code choice}. */
    public static byte[] toBytesWithChoice(Document document) {
        return Binary.toBytes(new Image(document.collection(), document.id(), true), document);
    }

    /** The document of this collection and id that the image was made of. */
    public static Document fromBytes(Collection collection, String id, byte[] image) {
        return Binary.fromBytes(new Image(collection, id, true), image);
    }

    /** Whose interaction or enrolment the image is of. Reads no more of it. */
    public static String contactId(Collection collection, byte[] image) {
        try {
            DataInput in = Binary.input(image);
            if (requireVersion(collection, in) == VERSION_OF_INTERACTIONS) {
                Binary.skipId(in);
                return Binary.readId(in);
            }
            Binary.skipText(in);
            return Binary.readText(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int requireVersion(Collection collection, DataInput in) throws IOException {
        if (collection == Collection.INTERACTIONS) {
            return Binary.requireVersionUpTo(VERSION_OF_INTERACTIONS, "an interaction", in);
        }
        Binary.requireVersion(VERSION, "a document", in);
        return VERSION;
    }

    private record Image(Collection collection, String id, boolean withChoice) implements Codec<Document> {

        @Override
        public void write(Document document, DataOutput out) throws IOException {
            if (document instanceof Interaction interaction) {
                out.writeByte(VERSION_OF_INTERACTIONS);
                writeInteraction(interaction, out);
                return;
            }
            out.writeByte(VERSION);
            if (document instanceof Enrollment enrollment) {
                Binary.writeText(enrollment.accountId(), out);
                Binary.writeText(enrollment.contactId(), out);
                Binary.writeText(enrollment.programId(), out);
                Binary.writeSigned(enrollment.enrolledAt(), out);
                Binary.writeOptional(enrollment.dueAt(), out);
                Binary.writeOptional(enrollment.withdrawnAt(), out);
            } else if (document instanceof Contact contact) {
                Binary.writeText(contact.accountId(), out);
                Binary.writeText(contact.name(), out);
                Binary.writeOptionalText(contact.teamId(), out);
                Binary.writeOptional(contact.removedAt(), out);
            } else if (document instanceof Program program) {
                writeProgram(program, out);
            } else if (document instanceof Team team) {
                Binary.writeText(team.accountId(), out);
                Binary.writeText(team.name(), out);
                Binary.writeOptionalText(team.parentTeamId(), out);
            } else if (document instanceof Account account) {
                Binary.writeText(account.name(), out);
                Binary.writeText(account.timeZone(), out);
            }
        }

        @Override
        public Document read(DataInput in) throws IOException {
            int version = requireVersion(collection, in);
            return switch (collection) {
                case ACCOUNTS -> new Account(id, Binary.readText(in), Binary.readText(in));
                case TEAMS -> new Team(id, Binary.readText(in), Binary.readText(in), Binary.readOptionalText(in));
                case CONTACTS ->
                    new Contact(
                            id,
                            Binary.readText(in),
                            Binary.readText(in),
                            Binary.readOptionalText(in),
                            Binary.readOptional(in));
                case PROGRAMS -> readProgram(in);
                case ENROLLMENTS ->
                    new Enrollment(
                            id,
                            Binary.readText(in),
                            Binary.readText(in),
                            Binary.readText(in),
                            Binary.readSigned(in),
                            Binary.readOptional(in),
                            Binary.readOptional(in));
                case INTERACTIONS -> readInteraction(version, in);
            };
        }

        private void writeInteraction(Interaction interaction, DataOutput out) throws IOException {
            Binary.writeId(interaction.accountId(), out);
            Binary.writeId(interaction.contactId(), out);
            Binary.writeId(interaction.programId(), out);
            Binary.writeId(interaction.lessonId(), out);
            Integer segment = interaction.segment();
            Boolean correct = interaction.correct();
            String choice = withChoice ? interaction.choice() : null;
            out.writeByte(interaction.verb().ordinal()
                    | (segment == null ? 0 : 8)
                    | (interaction.questionId() == null ? 0 : 16)
                    | (correct == null ? 0 : 32)
                    | (Boolean.TRUE.equals(correct) ? 64 : 0)
                    | (choice == null ? 0 : 128));
            Binary.writeSigned(interaction.at(), out);
            if (segment != null) {
                Binary.writeSigned(segment, out);
            }
            if (interaction.questionId() != null) {
                Binary.writeId(interaction.questionId(), out);
            }
            if (choice != null) {
                Binary.writeText(choice, out);
            }
        }

        private static String readId(int version, DataInput in) throws IOException {
            return version == VERSION_OF_INTERACTIONS ? Binary.readId(in) : Binary.readText(in);
        }

        private Interaction readInteraction(int version, DataInput in) throws IOException {
            String accountId = readId(version, in);
            String contactId = readId(version, in);
            String programId = readId(version, in);
            String lessonId = readId(version, in);
            int flags = in.readUnsignedByte();
            long at = Binary.readSigned(in);
            Integer segment = (flags & 8) == 0 ? null : (Integer) (int) Binary.readSigned(in);
            String questionId = (flags & 16) == 0 ? null : readId(version, in);
            @Nullable Boolean correct = (flags & 32) == 0 ? null : (Boolean) ((flags & 64) != 0);
            String choice = (flags & 128) == 0 ? null : Binary.readText(in);
            return new Interaction(
                    id,
                    accountId,
                    contactId,
                    programId,
                    lessonId,
                    VERBS[flags & 7],
                    at,
                    segment,
                    questionId,
                    choice,
                    correct);
        }

        private static void writeProgram(Program program, DataOutput out) throws IOException {
            Binary.writeText(program.accountId(), out);
            Binary.writeText(program.name(), out);
            Binary.writeText(program.kind(), out);
            Binary.writeUnsigned(program.passPercent(), out);
            Binary.writeUnsigned(program.lessons().size(), out);
            for (Lesson lesson : program.lessons()) {
                Binary.writeText(lesson.id(), out);
                Binary.writeText(lesson.title(), out);
                Binary.writeUnsigned(lesson.videoSeconds(), out);
                out.writeBoolean(lesson.required());
                Binary.writeUnsigned(lesson.questionIds().size(), out);
                for (String questionId : lesson.questionIds()) {
                    Binary.writeText(questionId, out);
                }
            }
        }

        private Program readProgram(DataInput in) throws IOException {
            String accountId = Binary.readText(in);
            String name = Binary.readText(in);
            String kind = Binary.readText(in);
            int passPercent = Binary.readLength(in);
            int lessonCount = Binary.readLength(in);
            List<Lesson> lessons = new ArrayList<>(lessonCount);
            for (int i = 0; i < lessonCount; i++) {
                String lessonId = Binary.readText(in);
                String title = Binary.readText(in);
                int videoSeconds = Binary.readLength(in);
                boolean required = in.readBoolean();
                int questionCount = Binary.readLength(in);
                List<String> questionIds = new ArrayList<>(questionCount);
                for (int q = 0; q < questionCount; q++) {
                    questionIds.add(Binary.readText(in));
                }
                lessons.add(new Lesson(lessonId, title, videoSeconds, required, questionIds));
            }
            return new Program(id, accountId, name, kind, passPercent, lessons);
        }
    }
}
