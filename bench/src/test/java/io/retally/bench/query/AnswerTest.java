package io.retally.bench.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.bench.query.Answer.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final List<Kind> KINDS = List.of(Kind.TEXT, Kind.NUMBER, Kind.FLAG, Kind.TIME);

    private static Answer of(@Nullable Object... row) {
        return Answer.of(KINDS, Collections.singletonList(row));
    }

    @Test
    void theSameValuesOfAnyEngineAreTheSame() {
        Answer ours =
                of("10.0", new BigDecimal("12.50"), true, Timestamp.from(Instant.parse("2026-01-02T03:04:05.6Z")));
        assertThat(ours.rows()).containsExactly(List.of("10.0", "12.5", "true", "2026-01-02T03:04:05.600Z"));
        assertThat(of("10.0", 12.5, true, LocalDateTime.parse("2026-01-02T03:04:05.6")))
                .isEqualTo(ours);
        assertThat(of("10.0", "12.5000", "1", "2026-01-02 03:04:05.600")).isEqualTo(ours);
        assertThat(of("", BigInteger.valueOf(100), false, null)).isEqualTo(of("", "1E2", "0", null));
    }

    @Test
    void aDifferenceIsTold() {
        Answer ours = of("a", 1, true, null);
        assertThat(ours.difference(of("a", 1L, true, null))).isEmpty();
        assertThat(ours.difference(of("a", 2, true, null)))
                .contains("row 1 is [a, 2, true, (null)] instead of [a, 1, true, (null)]");
        assertThat(ours.difference(of("a", null, true, null))).isPresent();
        assertThat(ours.difference(of("a", 1, true, null, 5))).isPresent();
        assertThat(ours.difference(of("a", 1, true))).isPresent();
        assertThat(ours.difference(new Answer(List.of()))).contains("0 rows instead of 1");
    }

    @Test
    void rowsAreComparedInTheirOrder() {
        Answer ours = new Answer(List.of(List.of("a"), List.of("b")));
        assertThat(ours.difference(new Answer(List.of(List.of("b"), List.of("a")))))
                .isPresent();
    }
}
