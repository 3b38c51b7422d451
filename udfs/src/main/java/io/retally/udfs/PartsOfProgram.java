package io.retally.udfs;

import io.retally.core.document.Collection;
import io.retally.core.document.Lesson;
import io.retally.core.document.Program;
import io.retally.documents.ExtendedJsonReader;
import org.apache.flink.table.functions.TableFunction;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** Rows of a document of collection {@code programs}, which is usable by the same rules as one in a message; none if it is not. */
public abstract class PartsOfProgram extends TableFunction<Row> {

    private transient @Nullable ExtendedJsonReader reader;

    PartsOfProgram() {}

    /** Collects the rows of a lesson, whose place in the program is {@code ordinal}, from 1. */
    abstract void collectParts(Program program, Lesson lesson, int ordinal);

    public void eval(@Nullable String document) {
        if (document == null) {
            return;
        }
        if (reader == null) {
            reader = new ExtendedJsonReader();
        }
        if (reader.document(Collection.PROGRAMS, document) instanceof Program program) {
            int ordinal = 0;
            for (Lesson lesson : program.lessons()) {
                ordinal++;
                collectParts(program, lesson, ordinal);
            }
        }
    }
}
