package io.retally.core.total;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.serving.ServingTable;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;

/** The key of a row of totals says which row. */
class TotalKeyTest {

    @Property
    void givesBackItsValues(
            @ForAll @CharRange(from = '\u0001', to = '\uffff') String first,
            @ForAll @CharRange(from = '\u0001', to = '\uffff') String second,
            @ForAll int number) {
        String due = TotalKey.of(ServingTable.PROGRAM_DUE, first, number);
        assertThat(TotalKey.table(due)).isEqualTo(ServingTable.PROGRAM_DUE);
        assertThat(TotalKey.values(due)).containsExactly(first, number);
        assertThat(TotalKey.values(TotalKey.of(ServingTable.PROGRAM_SUMMARY, first)))
                .containsExactly(first);
        assertThat(TotalKey.values(TotalKey.of(ServingTable.LESSON_SEGMENT, first, second, number)))
                .containsExactly(first, second, number);
        assertThat(TotalKey.values(TotalKey.of(ServingTable.QUESTION_STATS, first, second, second)))
                .containsExactly(first, second, second);
    }

    @Property
    void noTwoRowsShareAKey(
            @ForAll @CharRange(from = 'a', to = 'b') String first,
            @ForAll @CharRange(from = 'a', to = 'b') String second) {
        assertThat(TotalKey.of(ServingTable.TEAM_PROGRAM, first, second))
                .isNotEqualTo(TotalKey.of(ServingTable.TEAM_PROGRAM, first + "a", second))
                .isNotEqualTo(TotalKey.of(ServingTable.LESSON_FUNNEL, first, second));
    }
}
