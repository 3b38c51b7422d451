package io.retally.bench.result;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a benchmark has found. */
public interface Result {
    /** The benchmark's name on the command line and between the marks of a page. */
    String benchmark();

    /** Begins with the fields of {@link Provenance#json}. */
    ObjectNode json();

    /** For people; ends with {@link Provenance#line}. */
    String markdown();
}
