package io.retally.udfs;

import io.retally.core.document.Utf8Order;
import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableMap;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.functions.AggregateFunction;
import org.jspecify.annotations.Nullable;

/**
 * Whether one of a group's answers, chosen by its place in time, is correct. All answers stay in state, for any of them can be
 * retracted; a result reads them all, which for a rep's answers to a question are few.
 */
public abstract class OneAnswer extends AggregateFunction<@Nullable Boolean, OneAnswer.Answers> {

    /** In the order of the contract: {@code order by at, id collate "C"}. */
    public record Answer(Instant at, String id, boolean correct) implements Comparable<Answer> {

        private static final Comparator<Answer> ORDER = Comparator.comparing(Answer::at)
                .thenComparing(Answer::id, Utf8Order.INSTANCE)
                .thenComparing(Answer::correct);

        @Override
        public int compareTo(Answer other) {
            return ORDER.compare(this, other);
        }
    }

    /** The group's answers; see {@link RowCounts}. */
    public static final class Answers {
        public MapView<Answer, Long> rowsByAnswer = new MapView<>();
    }

    OneAnswer() {}

    /** One of answers that are in their order, at least one. */
    abstract Answer choose(NavigableMap<Answer, Long> answers);

    @Override
    public Answers createAccumulator() {
        return new Answers();
    }

    public void accumulate(
            Answers answers,
            @Nullable Boolean correct,
            @DataTypeHint("TIMESTAMP_LTZ(9)") @Nullable Instant at,
            @Nullable String id)
            throws Exception {
        add(answers, correct, at, id, 1);
    }

    public void retract(
            Answers answers,
            @Nullable Boolean correct,
            @DataTypeHint("TIMESTAMP_LTZ(9)") @Nullable Instant at,
            @Nullable String id)
            throws Exception {
        add(answers, correct, at, id, -1);
    }

    public void merge(Answers answers, Iterable<Answers> others) throws Exception {
        for (Answers other : others) {
            RowCounts.addAll(answers.rowsByAnswer, other.rowsByAnswer);
        }
    }

    @Override
    public @Nullable Boolean getValue(Answers answers) {
        NavigableMap<Answer, Long> present = RowCounts.present(answers.rowsByAnswer);
        return present.isEmpty() ? null : (Boolean) choose(present).correct();
    }

    private static void add(
            Answers answers, @Nullable Boolean correct, @Nullable Instant at, @Nullable String id, long rows)
            throws Exception {
        if (correct != null && at != null && id != null) {
            RowCounts.add(answers.rowsByAnswer, new Answer(at, id, correct), rows);
        }
    }
}
