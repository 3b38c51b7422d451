package io.retally.jobs.assignments;

/** The operators' names, which the web UI shows, and uids, which savepoints hang on: never change one. */
enum Operators {
    READ_CHANGES("read-changes"),
    DECODE_CHANGES("decode-changes"),
    DIFFERENTIATE_DOCUMENTS("differentiate-documents"),
    KEEP_LEDGERS("keep-ledgers"),
    SELECT_LESSON_ROWS("select-lesson-rows"),
    READ_RULES("read-rules"),
    DECODE_RULES("decode-rules"),
    WRITE_DEAD_LETTERS("write-dead-letters"),
    DECIDE_ASSIGNMENTS("decide-assignments"),
    WRITE_ASSIGNMENTS("write-assignments");

    static final String JOB = "lesson-assignments";

    private final String suffix;

    Operators(String suffix) {
        this.suffix = suffix;
    }

    /** Name and uid. */
    String id() {
        return JOB + "." + suffix;
    }
}
