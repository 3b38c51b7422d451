package io.retally.bench.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class ManagersTest {
    private final Catalogue catalogue =
            new Catalogue(List.of(new Catalogue.Item("a1", "p1", List.of("t1"), List.of("c1"), List.of("l1"))));

    @Test
    void aQuestionWithoutAnAnswerIsAnError() throws Exception {
        PGSimpleDataSource nobody = new PGSimpleDataSource();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody.setServerNames(new String[] {"127.0.0.1"});
            nobody.setPortNumbers(new int[] {taken.getLocalPort()});
        }
        Managers.Waited waited =
                new Managers(nobody, catalogue, Duration.ofMillis(1), 1).ask(3, Duration.ZERO, Duration.ofMillis(50));
        assertThat(waited.managers()).isEqualTo(3);
        assertThat(waited.errors()).isGreaterThanOrEqualTo(3);
        assertThat(waited.questions()).isEmpty();
        assertThat(waited.firstError())
                .hasValueSatisfying(error -> assertThat(error).contains("127.0.0.1"));
    }
}
