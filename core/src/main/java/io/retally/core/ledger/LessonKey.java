package io.retally.core.ledger;

import io.retally.core.document.Interaction;

/**
 * A lesson as interactions name it. The account is part of it, because an interaction counts only if it names the
 * account of the rep's membership.
 */
public record LessonKey(String accountId, String programId, String lessonId) {

    private static final char SEPARATOR = '\u0000';

    public static LessonKey of(Interaction interaction) {
        return new LessonKey(interaction.accountId(), interaction.programId(), interaction.lessonId());
    }

    /** The key as one string. Ids that are served hold no U+0000. */
    public String encode() {
        return accountId + SEPARATOR + programId + SEPARATOR + lessonId;
    }

    /** The key that {@link #encode} wrote. */
    public static LessonKey decode(String encoded) {
        int first = encoded.indexOf(SEPARATOR);
        int second = encoded.indexOf(SEPARATOR, first + 1);
        return new LessonKey(
                encoded.substring(0, first), encoded.substring(first + 1, second), encoded.substring(second + 1));
    }
}
