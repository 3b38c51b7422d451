package io.retally.jobs.audit;

/** The operators' names, which the web UI shows. */
enum Operators {
    READ_LOG("read-log"),
    READ_MESSAGES("read-messages"),
    READ_COLLECTION("read-collection"),
    READ_STORED("read-stored-documents"),
    COMPARE("compare-documents"),
    FIND("find-differences");

    static final String JOB = "audit";

    private final String suffix;

    Operators(String suffix) {
        this.suffix = suffix;
    }

    String id() {
        return JOB + "." + suffix;
    }
}
