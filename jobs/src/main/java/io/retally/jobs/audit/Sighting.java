package io.retally.jobs.audit;

import io.retally.core.document.Origin;
import io.retally.jobs.repprogress.DocumentChange;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one document so far: the last message about it, and what MongoDB holds. A POJO to Flink.
 *
 * @param document collection and id, see {@link DocumentChange#key}
 */
public record Sighting(
        String document, @Nullable Said said, @Nullable Stored stored) {

    /**
     * The last message that says something of the document.
     *
     * @param image null if it says that the document is gone, or unusable
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Said(int partition, long offset, byte @Nullable [] key, byte @Nullable [] image) {}

    /**
     * The document in MongoDB.
     *
     * @param id in canonical extended JSON
     * @param image null if it is unusable
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Stored(String id, byte @Nullable [] image) {}

    /** Both together. In whatever order: all messages of a document are in one partition. */
    Sighting and(Sighting other) {
        Said later = said == null || (other.said != null && other.said.offset > said.offset) ? other.said : said;
        return new Sighting(document, later, stored == null ? other.stored : stored);
    }

    /** What is wrong, if anything is; by the images, so that fields which no table knows do not matter. */
    Optional<Finding> finding() {
        byte[] saidImage = said == null ? null : said.image;
        byte[] storedImage = stored == null ? null : stored.image;
        if (Arrays.equals(saidImage, storedImage)) {
            return Optional.empty();
        }
        Finding.Kind kind =
                saidImage == null ? Finding.Kind.MISSING : stored == null ? Finding.Kind.GONE : Finding.Kind.DIFFERENT;
        DocumentChange names = new DocumentChange(document, Origin.LIVE, null);
        return Optional.of(new Finding(
                kind,
                names.collection(),
                names.id(),
                said == null ? Finding.NO_PARTITION : said.partition,
                said == null ? null : said.key,
                stored == null ? null : stored.id));
    }
}
