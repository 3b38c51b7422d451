package io.retally.documents;

/** What is wrong with a message. {@code detail} is for people: the field, what was found and what is required, clipped. */
public record Rejection(Reason reason, String detail) {

    /** A limit, so that the letter stays about as large as the message. */
    static final int DETAIL_CHARS_MAX = 500;

    public Rejection {
        if (detail.length() > DETAIL_CHARS_MAX) {
            detail = detail.substring(0, DETAIL_CHARS_MAX - 1) + '…';
        }
    }

    /** The same, said of a field inside {@code parent}: {@code lessons[2]} and {@code title: …} are {@code lessons[2].title: …}. */
    Rejection inside(String parent) {
        return new Rejection(reason, parent + '.' + detail);
    }
}
