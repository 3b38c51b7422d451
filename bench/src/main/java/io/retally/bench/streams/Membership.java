package io.retally.bench.streams;

import io.retally.core.document.Contact;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.document.Lesson;
import io.retally.core.document.Program;
import io.retally.core.document.Verb;
import java.util.ArrayList;
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

    private static final Comparator<Interaction> BY_TIME =
            Comparator.comparingLong(Interaction::at).thenComparing(Interaction::id);

    /** @param interactions of the rep in the program, by lesson, whether they count or not */
    Result result(Map<String, List<Interaction>> interactions) {
        Sums sums = new Sums();
        Map<String, String> rows = new TreeMap<>();
        long required = 0;
        for (Lesson lesson : program.lessons()) {
            required += lesson.required() ? 1 : 0;
            List<Interaction> counted = interactions.getOrDefault(lesson.id(), List.of()).stream()
                    .filter(interaction -> counts(interaction, lesson))
                    .sorted(BY_TIME)
                    .toList();
            if (!counted.isEmpty()) {
                rows.put(lesson.id(), lesson(lesson, counted, sums));
            }
        }
        boolean completed = required > 0 && sums.passed == required;
        Long completedAt = completed ? sums.requiredCompletedAt : null;
        String repProgram = row(
                contact.id(),
                program.id(),
                program.accountId(),
                contact.teamId(),
                enrollment.enrolledAt(),
                enrollment.dueAt(),
                required,
                sums.opened,
                sums.completed,
                sums.passed,
                sums.segments,
                sums.questions,
                sums.correct,
                sums.answers,
                sums.sent,
                sums.clicked,
                sums.firstAt,
                sums.lastAt,
                completedAt);
        long[] share = {
            1,
            sums.firstAt == null ? 0 : 1,
            completedAt == null ? 0 : 1,
            sums.opened,
            sums.completed,
            sums.passed,
            sums.segments,
            sums.questions,
            sums.correct,
            sums.answers,
            sums.sent,
            sums.clicked
        };
        return new Result(program.accountId(), repProgram, rows, share);
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
    private String lesson(Lesson lesson, List<Interaction> counted, Sums sums) {
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
                sums.active(interaction.at());
            }
        }
        long correct = latest.values().stream().filter(answer -> answer).count();
        boolean passed = completedAt != null && correct * 100 >= (long) program.passPercent() * lesson.questionsTotal();
        sums.sent += sent;
        sums.clicked += clicked;
        sums.answers += answers;
        sums.opened += openedAt == null ? 0 : 1;
        sums.completed += completedAt == null ? 0 : 1;
        sums.segments += watched.size();
        sums.questions += latest.size();
        sums.correct += correct;
        if (passed && lesson.required() && completedAt != null) {
            sums.passed++;
            sums.requiredCompletedAt = sums.requiredCompletedAt == null
                    ? completedAt
                    : (Long) Math.max(sums.requiredCompletedAt, completedAt);
        }
        String segments = watched.keySet().stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
        return row(
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
    }

    /** Columns as text, in the table's order; times in milliseconds since 1970 UTC. */
    static String row(@Nullable Object... columns) {
        List<String> texts = new ArrayList<>();
        for (Object column : columns) {
            texts.add(String.valueOf(column));
        }
        return String.join("|", texts);
    }

    /** Over a rep's lessons. */
    private static final class Sums {
        private long opened;
        private long completed;
        private long passed;
        private long segments;
        private long questions;
        private long correct;
        private long answers;
        private long sent;
        private long clicked;
        private @Nullable Long firstAt;
        private @Nullable Long lastAt;
        private @Nullable Long requiredCompletedAt;

        void active(long at) {
            firstAt = firstAt == null ? (Long) at : (Long) Math.min(firstAt, at);
            lastAt = lastAt == null ? (Long) at : (Long) Math.max(lastAt, at);
        }
    }
}
