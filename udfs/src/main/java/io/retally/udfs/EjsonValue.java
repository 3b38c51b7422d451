package io.retally.udfs;

import io.retally.documents.ExtendedJsonReader;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** A value in a text of extended JSON, read as messages are read. Its types are those of {@link ExtendedJsonReader}. */
public abstract class EjsonValue extends ScalarFunction {

    private transient @Nullable ExtendedJsonReader reader;

    EjsonValue() {}

    /** That of this instance, which one thread uses. */
    final ExtendedJsonReader reader() {
        if (reader == null) {
            reader = new ExtendedJsonReader();
        }
        return reader;
    }
}
