package io.retally.bench.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;

/** What a benchmark has found. */
public interface Result {
    /** The benchmark's name on the command line and between the marks of a page. */
    String benchmark();

    /** Begins with the fields of {@link Provenance#json}. */
    ObjectNode json();

    /** For people; ends with {@link Provenance#line}. */
    String markdown();

    /** Files that {@link #markdown} shows, by their paths from the page's folder. */
    default Map<String, byte[]> pictures() throws IOException {
        return Map.of();
    }
}
