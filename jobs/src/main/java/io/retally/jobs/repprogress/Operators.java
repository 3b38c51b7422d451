package io.retally.jobs.repprogress;

/** The operators' names, which the web UI shows, and uids, which savepoints hang on: never change one. */
enum Operators {
    READ_CHANGES("read-changes"),
    DECODE_CHANGES("decode-changes"),
    WRITE_DEAD_LETTERS("write-dead-letters"),
    DIFFERENTIATE_DOCUMENTS("differentiate-documents"),
    KEEP_LEDGERS("keep-ledgers"),
    ACCUMULATE_TOTALS("accumulate-totals"),
    STAGE_DIMENSIONS("stage-dimension-rows"),
    STAGE_REPS("stage-rep-rows"),
    STAGE_TOTALS("stage-total-rows"),
    PUBLISH_EPOCHS("publish-epochs");

    static final String JOB = "rep-progress";

    private final String suffix;

    Operators(String suffix) {
        this.suffix = suffix;
    }

    /** Name and uid. */
    String id() {
        return JOB + "." + suffix;
    }
}
