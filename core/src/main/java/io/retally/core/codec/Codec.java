package io.retally.core.codec;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A compact binary form of {@code T}. Reading what was written gives an equal value. */
public interface Codec<T> {

    void write(T value, DataOutput out) throws IOException;

    /**
     * Reads one value, leaving {@code in} behind its last byte.
     *
     * @throws IOException if the bytes are no value of this form, such as an unknown version
     */
    T read(DataInput in) throws IOException;
}
