package io.retally.core.ledger;

import io.retally.core.document.Utf8Order;
import java.util.Comparator;

/** An answer to a question: of one question by time, answers at one time by the interaction's id. */
record Answer(String questionId, long at, String interactionId, boolean correct) implements Comparable<Answer> {

    private static final Comparator<Answer> ORDER = Comparator.comparing(Answer::questionId)
            .thenComparingLong(Answer::at)
            .thenComparing(Answer::interactionId, Utf8Order.INSTANCE)
            .thenComparing(Answer::correct);

    @Override
    public int compareTo(Answer other) {
        return ORDER.compare(this, other);
    }
}
