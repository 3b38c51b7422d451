package io.retally.bench.streams;

import io.retally.core.document.Contact;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.document.Lesson;
import io.retally.core.document.Program;
import io.retally.core.document.Verb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A live rep in a program, and what its interactions come to: the contract's views, in plain Java. */
record Membership(Contact contact, Enrollment enrollment, Program program) {
    /** The order in which the last enrolment wins; ids by their bytes, which is their order for ids of ASCII. */
    static final Comparator<Enrollment> LATEST =
            Comparator.comparingLong(Enrollment::enrolledAt).thenComparing(Enrollment::id);

    /** Columns of a share. */
    private static final int OPENED = 3;

    private static final int PASSED = 5;

    private static final Comparator<Interaction> BY_TIME =
            Comparator.comparingLong(Interaction::at).thenComparing(Interaction::id);

    /**
     * What a lesson comes to; null if nothing in it counts, or the program does not have it.
     *
     * @param interactions of the rep in the lesson, whether they count or not
     */
    @Nullable
    LessonResult lesson(String id, Collection<Interaction> interactions) {
        return program.lessons().stream()
                .filter(known -> known.id().equals(id))
                .findFirst()
                .map(lesson -> {
                    List<Interaction> counted = interactions.stream()
                            .filter(interaction -> counts(interaction, lesson))
                            .sorted(BY_TIME)
                            .toList();
                    return counted.isEmpty() ? null : lesson(lesson, counted);
                })
                .orElse(null);
    }

    /** @param lessons all that come to anything */
    Result result(List<LessonResult> lessons) {
        long[] share = new long[Share.COLUMNS];
        long firstAt = Long.MAX_VALUE;
        long lastAt = Long.MIN_VALUE;
        long passedAt = Long.MIN_VALUE;
        for (LessonResult lesson : lessons) {
            for (int i = 0; i < LessonResult.COLUMNS; i++) {
                share[OPENED + i] += lesson.sums()[i];
            }
            firstAt = Math.min(firstAt, lesson.firstAt());
            lastAt = Math.max(lastAt, lesson.lastAt());
            passedAt = Math.max(passedAt, lesson.passedAt());
        }
        long required = program.lessons().stream().filter(Lesson::required).count();
        boolean started = lastAt != Long.MIN_VALUE;
        boolean completed = required > 0 && share[PASSED] == required;
        share[0] = 1;
        share[1] = started ? 1 : 0;
        share[2] = completed ? 1 : 0;
        List<@Nullable Object> columns = new ArrayList<>(Arrays.asList(
                contact.id(),
                program.id(),
                program.accountId(),
                contact.teamId(),
                enrollment.enrolledAt(),
                enrollment.dueAt(),
                required));
        Arrays.stream(share).skip(OPENED).forEach(columns::add);
        columns.add(started ? firstAt : null);
        columns.add(started ? lastAt : null);
        columns.add(completed ? passedAt : null);
        return new Result(program.accountId(), row(columns.toArray()), share);
    }

    private boolean counts(Interaction interaction, Lesson lesson) {
        if (!interaction.accountId().equals(program.accountId())) {
            return false;
        }
        Integer segment = interaction.segment();
        return switch (interaction.verb()) {
            case SEGMENT_WATCHED -> segment != null && segment >= 0 && segment < lesson.segmentsTotal();
            case QUESTION_ANSWERED ->
                interaction.correct() != null && lesson.questionIds().contains(interaction.questionId());
            default -> true;
        };
    }

    /** @param counted in the order of time, at least one */
    private LessonResult lesson(Lesson lesson, List<Interaction> counted) {
        long firstAt = Long.MAX_VALUE;
        long lastAt = Long.MIN_VALUE;
        long sent = 0;
        long clicked = 0;
        long answers = 0;
        Long openedAt = null;
        Long completedAt = null;
        TreeMap<Integer, Boolean> watched = new TreeMap<>();
        Map<@Nullable String, Boolean> latest = new HashMap<>();
        for (Interaction interaction : counted) {
            switch (interaction.verb()) {
                case MESSAGE_SENT -> sent++;
                case MESSAGE_CLICKED -> clicked++;
                case LESSON_OPENED -> openedAt = openedAt == null ? (Long) interaction.at() : openedAt;
                case LESSON_COMPLETED -> completedAt = completedAt == null ? (Long) interaction.at() : completedAt;
                case SEGMENT_WATCHED -> watched.put(interaction.segment(), true);
                case QUESTION_ANSWERED -> {
                    answers++;
                    latest.put(interaction.questionId(), Boolean.TRUE.equals(interaction.correct()));
                }
            }
            if (interaction.verb() != Verb.MESSAGE_SENT) {
                firstAt = Math.min(firstAt, interaction.at());
                lastAt = Math.max(lastAt, interaction.at());
            }
        }
        long correct = latest.values().stream().filter(answer -> answer).count();
        boolean passed = completedAt != null && correct * 100 >= (long) program.passPercent() * lesson.questionsTotal();
        boolean required = passed && lesson.required();
        long[] sums = {
            openedAt == null ? 0 : 1,
            completedAt == null ? 0 : 1,
            required ? 1 : 0,
            watched.size(),
            latest.size(),
            correct,
            answers,
            sent,
            clicked
        };
        String segments = watched.keySet().stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
        String row = row(
                contact.id(),
                program.id(),
                lesson.id(),
                program.accountId(),
                contact.teamId(),
                sent,
                clicked,
                openedAt,
                completedAt,
                lesson.segmentsTotal(),
                watched.size(),
                segments,
                lesson.questionsTotal(),
                latest.size(),
                correct,
                answers,
                passed);
        return new LessonResult(
                row, sums, firstAt, lastAt, required && completedAt != null ? completedAt : Long.MIN_VALUE);
    }

    /** Columns as text, in the table's order; times in milliseconds since 1970 UTC. */
    static String row(@Nullable Object... columns) {
        List<String> texts = new ArrayList<>();
        for (Object column : columns) {
            texts.add(String.valueOf(column));
        }
        return String.join("|", texts);
    }
}
