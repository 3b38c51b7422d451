package io.retally.devkit.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A watch goes on through what happens to it. */
class WatchITCase {
    private static final String SUMS = "program_summary agrees with the sums over rep_program";

    @Test
    void itReconnectsCountsAndRemembers() throws Exception {
        try (TestingServing serving = new TestingServing();
                Connection owner = serving.owner();
                Statement statement = owner.createStatement()) {
            Events events = new Events(serving, statement);
            Watch watch = new Watch(events::connect, events);
            events.stop = watch::stop;
            Watch.Figures figures = watch.run(null);
            assertThat(events.said)
                    .startsWith("interrupted", "7: " + SUMS)
                    .endsWith("6: the epoch rises")
                    .doesNotHaveDuplicates();
            assertThat(figures.interruptions())
                    .as("from the loss to the return")
                    .isEqualTo(1);
            assertThat(figures.epochs()).isEqualTo(3);
            assertThat(figures.snapshots()).isEqualTo(7);
            assertThat(figures.violations()).containsEntry(SUMS, 2L).containsEntry("the epoch rises", 1L);
        }
    }

    /** After so many rounds, what is done to the watch; and what it says. */
    private static final class Events implements Watch.Listener {
        private final TestingServing serving;
        private final Statement statement;
        private final List<String> said = new ArrayList<>();
        private Runnable stop = () -> {};
        private int rounds;
        private int connects;

        Events(TestingServing serving, Statement statement) {
            this.serving = serving;
            this.statement = statement;
        }

        Connection connect() throws SQLException {
            connects++;
            if (connects == 2) {
                throw new SQLException("not back yet");
            }
            return serving.reader();
        }

        @Override
        public void round(Watch.Figures figures) {
            rounds++;
            switch (rounds) {
                case 2 ->
                    run("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'watching_reader'");
                case 5 -> publish(7, 1);
                case 7 -> publish(6, -1);
                case 9 -> stop.run();
                default -> assertThat(figures.snapshots()).isPositive();
            }
        }

        private void publish(long epoch, int moreAnswers) {
            run("begin; update serving.epoch set epoch = " + epoch
                    + "; update serving.program_summary set answers = answers + " + moreAnswers + "; commit");
        }

        private void run(String sql) {
            try {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void violation(long epoch, Violation violation) {
            said.add(epoch + ": " + violation.claim());
        }

        @Override
        public void interruption(String reason) {
            said.add("interrupted");
        }
    }
}
