package io.retally.bench.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retally.bench.query.Catalogue.Item;
import io.retally.devkit.stack.StackException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final Catalogue catalogue = new Catalogue(List.of(
            new Item("a1", "p1", List.of("t1", "t2"), List.of("c1"), List.of("l1")),
            new Item("a2", "p2", List.of("t3"), List.of("c2", "c3"), List.of("l1", "l2"))));

    @Test
    void everyQuestionComesInBothDirectionsByEveryColumnWithinOneAccount() {
        Random random = new Random(1);
        List<Asking> drawn =
                Stream.generate(() -> catalogue.draw(random)).limit(2_000).toList();
        assertThat(drawn).extracting(Asking::question).contains(Question.values());
        assertThat(drawn).extracting(Asking::column).containsAll(Question.COLUMNS);
        assertThat(drawn).extracting(Asking::direction).contains("asc", "desc");
        assertThat(drawn).extracting(Asking::contact).contains("c1", "c2", "c3");
        assertThat(drawn).allSatisfy(asking -> {
            boolean first = asking.account().equals("a1");
            assertThat(asking.program()).isEqualTo(first ? "p1" : "p2");
            assertThat(asking.team()).isIn(first ? List.of("t1", "t2") : List.of("t3"));
        });
    }

    @Test
    void theSameSeedAsksTheSame() {
        assertThat(catalogue.draw(new Random(7))).isEqualTo(catalogue.draw(new Random(7)));
    }

    @Test
    void aCompanyThatDidNothingIsRefused() {
        assertThatThrownBy(() -> new Catalogue(List.of()))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("too little");
    }
}
