package io.retally.core.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A document's image gives back the document, and never bytes of another form. */
class DocumentCodecTest {

    @Property
    void anImageGivesBackItsDocument(@ForAll("documents") Document document) {
        byte[] image = DocumentCodec.toBytes(document);
        assertThat(DocumentCodec.fromBytes(document.collection(), document.id(), image))
                .isEqualTo(document);
    }

    /** Images are compared as bytes to see whether a document changed. */
    @Property
    void documentsWithOneIdAreEqualExactlyIfTheirImagesAre(
            @ForAll("documents") Document left, @ForAll("documents") Document right) {
        if (left.collection() == right.collection()) {
            Document alike = DocumentCodec.fromBytes(left.collection(), right.id(), DocumentCodec.toBytes(left));
            assertThat(DocumentCodec.toBytes(left))
                    .matches(image -> Arrays.equals(image, DocumentCodec.toBytes(right)) == alike.equals(right));
        }
    }

    /** No table serves it, so a change of it alone says nothing new. */
    @Test
    void theChoiceOfAnAnswerIsNotInTheImage() {
        assertThat(DocumentCodec.toBytes(answer("a"))).isEqualTo(DocumentCodec.toBytes(answer("b")));
    }

    @Test
    void theWholeImageHoldsTheChoice() {
        for (Interaction whole : List.of(answer("a"), answer(null))) {
            assertThat(DocumentCodec.fromBytes(Collection.INTERACTIONS, "i", DocumentCodec.toBytesWithChoice(whole)))
                    .isEqualTo(whole);
        }
        assertThat(DocumentCodec.toBytesWithChoice(answer(null))).isEqualTo(DocumentCodec.toBytes(answer("a")));
    }

    @Property
    void theContactIsReadAlone(@ForAll("documents") Document document) {
        byte[] image = DocumentCodec.toBytes(document);
        if (document instanceof Interaction interaction) {
            assertThat(DocumentCodec.contactId(Collection.INTERACTIONS, image)).isEqualTo(interaction.contactId());
        } else if (document instanceof Enrollment enrollment) {
            assertThat(DocumentCodec.contactId(Collection.ENROLLMENTS, image)).isEqualTo(enrollment.contactId());
        }
    }

    /** Of a savepoint of an earlier build. */
    @Test
    void theContactIsReadFromAnImageOfTheFirstVersion() {
        byte[] image = "\1\1a\2me\1p\1l\0\2".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(DocumentCodec.contactId(Collection.INTERACTIONS, image)).isEqualTo("me");
        assertThat(DocumentCodec.fromBytes(Collection.INTERACTIONS, "i", image))
                .isEqualTo(new Interaction("i", "a", "me", "p", "l", Verb.MESSAGE_SENT, 1, null, null, null, null));
    }

    @Test
    void refusesAnImageOfAnotherVersion() {
        byte[] image = DocumentCodec.toBytes(answer("a"));
        image[0]++;
        for (Executable read : List.<Executable>of(
                () -> DocumentCodec.fromBytes(Collection.INTERACTIONS, "i", image),
                () -> DocumentCodec.contactId(Collection.INTERACTIONS, image))) {
            assertThatThrownBy(read::execute)
                    .hasMessageContaining("version 3, this build reads versions up to 2")
                    .hasMessageContaining("restore with the build that wrote it");
        }
        byte[] team = DocumentCodec.toBytes(new Team("t", "a", "North", null));
        team[0]++;
        assertThatThrownBy(() -> DocumentCodec.fromBytes(Collection.TEAMS, "t", team))
                .hasMessageContaining("version 2, this build reads version 1");
    }

    private static Interaction answer(@Nullable String choice) {
        return new Interaction("i", "a", "c", "p", "l", Verb.QUESTION_ANSWERED, 1, null, "q", choice, true);
    }

    @Provide
    Arbitrary<Document> documents() {
        return AnyDocument.any();
    }
}
