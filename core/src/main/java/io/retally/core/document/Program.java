package io.retally.core.document;

import java.util.List;

/** A program and its plan. A lesson's ordinal is its place in {@code lessons}, from 1; {@code passPercent} is 0 to 100. */
public record Program(String id, String accountId, String name, String kind, int passPercent, List<Lesson> lessons)
        implements Document {
    public Program {
        lessons = List.copyOf(lessons);
    }

    @Override
    public Collection collection() {
        return Collection.PROGRAMS;
    }
}
