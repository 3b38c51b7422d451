package io.retally.core.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Live topics decide over backfill as soon as they have said anything of a document. */
class DocumentStateTest {

    private static final byte[] OLD = {1, 2};
    private static final byte[] NEW = {1, 3};

    @Test
    void backfillTellsOfADocumentThatTheLiveTopicNeverNamed() {
        assertThat(after(Origin.BACKFILL, OLD)).isEqualTo(new DocumentState(false, OLD));
        assertThat(after(Origin.BACKFILL, OLD).after(Origin.BACKFILL, NEW)).isEqualTo(new DocumentState(false, NEW));
    }

    @Test
    void theLiveTopicOverrulesBackfill() {
        assertThat(after(Origin.BACKFILL, OLD).after(Origin.LIVE, NEW)).isEqualTo(new DocumentState(true, NEW));
        assertThat(after(Origin.BACKFILL, OLD).after(Origin.LIVE, null)).isEqualTo(new DocumentState(true, null));
    }

    @Test
    void backfillSaysNothingOfWhatTheLiveTopicHasNamed() {
        assertThat(after(Origin.LIVE, NEW).after(Origin.BACKFILL, OLD)).isEqualTo(new DocumentState(true, NEW));
        assertThat(after(Origin.LIVE, null).after(Origin.BACKFILL, OLD)).isEqualTo(new DocumentState(true, null));
    }

    @Test
    void nothingIsKeptOfABackfilledDocumentThatIsGone() {
        assertThat(after(Origin.BACKFILL, OLD).after(Origin.BACKFILL, null).toBytes())
                .isNull();
    }

    /** A deletion must outlive the document: a backfill may still bring an old version. */
    @Test
    void aDeletionByTheLiveTopicIsRemembered() {
        assertThat(after(Origin.LIVE, null).toBytes()).containsExactly(1);
    }

    @Property
    void bytesGiveBackTheState(@ForAll boolean liveDecides, @ForAll byte[] image) {
        // An image is never empty: it begins with its version.
        byte[] imageOrNull = image.length == 0 ? null : image;
        DocumentState state = new DocumentState(liveDecides, imageOrNull);
        assertThat(DocumentState.fromBytes(state.toBytes())).isEqualTo(state);
    }

    @Test
    void bytesOfALaterFormAreNotMisread() {
        assertThatIllegalStateException()
                .isThrownBy(() -> DocumentState.fromBytes(new byte[] {2, 1, 2}))
                .withMessageContaining("restore with the build that wrote it");
    }

    private static DocumentState after(Origin origin, byte @Nullable [] image) {
        return DocumentState.UNKNOWN.after(origin, image);
    }
}
