package io.retally.oracle;

/** Told what is being worked out, before each step. */
@FunctionalInterface
public interface Progress {
    /** Says nothing to anybody. */
    Progress SILENT = (step, done, total) -> {};

    void beginning(String step, int done, int total);
}
