package io.retally.oracle;

/** Leaves the reading of a document at the first broken rule. */
final class RuleBroken extends Exception {
    private static final long serialVersionUID = 1L;

    private final Verdict.Reason reason;

    RuleBroken(Verdict.Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    Verdict.Unusable verdict() {
        String detail = getMessage();
        return new Verdict.Unusable(reason, detail == null ? "" : detail);
    }
}
