package io.retally.core.document;

import java.util.List;

/** A lesson of a program. A question that {@code questionIds} lists twice counts twice in {@link #questionsTotal()}. */
public record Lesson(String id, String title, int videoSeconds, boolean required, List<String> questionIds) {

    /** The length of a video's step. */
    public static final int SEGMENT_SECONDS = 15;

    public Lesson {
        questionIds = List.copyOf(questionIds);
    }

    /** The number of 15-second steps of the video, the last one possibly shorter. */
    public int segmentsTotal() {
        return (videoSeconds + SEGMENT_SECONDS - 1) / SEGMENT_SECONDS;
    }

    public int questionsTotal() {
        return questionIds.size();
    }
}
