package io.retally.udfs;

import io.retally.core.document.Lesson;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** The 15-second step of a video that a second lies in. */
@SqlFunction(
        name = "SEGMENT_OF_SECOND",
        arguments = "second INT",
        returns = "INT",
        meaning = "The number of the video's step that a second lies in, counted from 0. A step is 15 seconds long: "
                + "seconds 0 to 14 are step 0, 15 to 29 step 1.",
        nulls = "NULL for a NULL or negative second.",
        example = "SELECT SEGMENT_OF_SECOND(44)",
        result = "2")
public final class SegmentOfSecond extends ScalarFunction {

    public @Nullable Integer eval(@Nullable Integer second) {
        return second == null || second < 0 ? null : (Integer) (second / Lesson.SEGMENT_SECONDS);
    }
}
