package io.retally.documents;

import java.io.IOException;

/** Reads the value of a field that holds objects of its own. */
interface NestedReader {

    /**
     * Reads the value at the parser's current token, to its end.
     *
     * @throws UnusableValue whose detail begins with the place inside the value, or with a colon
     */
    Object read(JsonText json) throws IOException, UnusableValue;
}
