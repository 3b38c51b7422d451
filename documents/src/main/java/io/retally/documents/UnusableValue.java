package io.retally.documents;

/** A value that a rule of the contract forbids. Thrown and caught inside this package, so it carries no stack trace. */
final class UnusableValue extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Rejection rejection;

    UnusableValue(Reason reason, String detail) {
        this(new Rejection(reason, detail));
    }

    UnusableValue(Rejection rejection) {
        super(rejection.detail(), null, false, false);
        this.rejection = rejection;
    }

    Rejection rejection() {
        return rejection;
    }
}
