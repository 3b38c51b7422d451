package io.retally.core.ledger;

import java.util.function.BiConsumer;

/** Where one rep's ledger is kept: its head, its facts by lesson, and its counts by program and day. */
public interface RepStore {

    /** The head; {@link Rep#NONE} if nothing is known of the rep. */
    Rep rep();

    /** Keeps the head, or forgets the rep if it is empty. */
    void rep(Rep rep);

    /** The facts of a lesson; {@link LessonFacts#EMPTY} if there are none. */
    LessonFacts facts(LessonKey key);

    /** Keeps the facts of a lesson, or forgets the lesson if there are none. */
    void facts(LessonKey key, LessonFacts facts);

    /** All lessons that have facts, in any order. Nothing is kept while this goes on. */
    void forEachLesson(BiConsumer<LessonKey, LessonFacts> action);

    /**
     * The counts of a member's day.
     *
     * @param day days since 1970-01-01
     * @return one number a verb, all zero if nothing is kept; the caller may change the array
     */
    long[] dayCounts(String programId, int day);

    /** Keeps the counts of a member's day, or forgets the day if all are zero. */
    void dayCounts(String programId, int day, long[] counts);
}
