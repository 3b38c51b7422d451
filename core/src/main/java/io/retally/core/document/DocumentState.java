package io.retally.core.document;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one document.
 *
 * @param liveDecides whether the live topic has said anything of it; remembered beyond its deletion, as a backfill may
 *     still bring an old version
 * @param image its current image, see {@link DocumentCodec}; null if it is absent, or has no usable version
 */
public record DocumentState(boolean liveDecides, byte @Nullable [] image) {

    /** A document of which nothing was ever said. */
    public static final DocumentState UNKNOWN = new DocumentState(false, null);

    /** The state after a change says that the document is now {@code newImage}, or absent (null). */
    public DocumentState after(Origin origin, byte @Nullable [] newImage) {
        if (origin == Origin.BACKFILL && liveDecides) {
            return this;
        }
        return new DocumentState(origin == Origin.LIVE, newImage);
    }

    /**
     * A byte for {@code liveDecides}, 0 or 1, then the image, which has its own version; null for {@link #UNKNOWN}. Other
     * values of the byte are left for later versions of this form.
     */
    public byte @Nullable [] toBytes() {
        if (image == null) {
            return liveDecides ? new byte[] {1} : null;
        }
        byte[] bytes = new byte[image.length + 1];
        bytes[0] = (byte) (liveDecides ? 1 : 0);
        System.arraycopy(image, 0, bytes, 1, image.length);
        return bytes;
    }

    /** The state that {@link #toBytes} wrote. */
    public static DocumentState fromBytes(byte @Nullable [] bytes) {
        if (bytes == null) {
            return UNKNOWN;
        }
        if ((bytes[0] & ~1) != 0) {
            throw new IllegalStateException("what is remembered of a document is stored in a form of a later build ("
                    + bytes[0] + "): restore with the build that wrote it");
        }
        return new DocumentState(bytes[0] == 1, bytes.length == 1 ? null : Arrays.copyOfRange(bytes, 1, bytes.length));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DocumentState that
                && liveDecides == that.liveDecides
                && Arrays.equals(image, that.image);
    }

    @Override
    public int hashCode() {
        return 31 * Boolean.hashCode(liveDecides) + Arrays.hashCode(image);
    }
}
