package io.retally.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The views with a clock, on reps whose dates are set from now. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ClockViewsITCase {
    private EmbeddedPostgres postgres;
    private Sql sql;

    @BeforeAll
    void reps() throws IOException {
        postgres = EmbeddedPostgres.start();
        Migrations.migrate(postgres.getPostgresDatabase());
        sql = new Sql(postgres.getPostgresDatabase());
        sql.run(
                "insert into serving.account values ('a', 'Acme', 'UTC')",
                "insert into serving.program values ('p', 'a', 'P', 'k', 80), ('empty', 'a', 'E', 'k', 80)",
                "insert into serving.contact select c, 'a', 't', upper(c) from unnest('{done,late,soon,new,idle}'::text[]) c",
                rep("done", "now() - interval '2 days'", 4, "now()", "now() - interval '1 day'"),
                rep("late", "now() - interval '50 hours'", 3, "now()", "null"),
                rep("soon", "now() + interval '60 hours'", 1, "now()", "null"),
                rep("new", "null", 0, "null", "null"),
                rep("idle", "now() + interval '30 days'", 2, "now() - interval '8 days'", "null"),
                "insert into serving.program_due select program_id, (due_at at time zone 'UTC')::date, 'a', count(*),"
                        + " count(completed_at) from serving.rep_program where due_at is not null group by 1, 2",
                "insert into serving.program_summary select program_id, 'a', count(*), count(first_activity_at),"
                        + " count(completed_at), 0, 0, 0, 0, 10, 8, 0, 0, 0 from serving.rep_program group by 1",
                "insert into serving.team_program select 't', * from serving.program_summary");
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
    }

    @Test
    void aRepsStatusIsToTheInstant() {
        assertThat(sql.rows(
                        "select contact_name, status, days_left, days_late, completed_late, passed_percent, team_name"
                                + " from serving.rep_status order by 1"))
                .containsExactly(
                        "DONE|completed|null|null|t|100.0|null",
                        "IDLE|in_progress|29|null|null|50.0|null",
                        "LATE|overdue|null|2|null|75.0|null",
                        "NEW|not_started|null|null|null|0.0|null",
                        "SOON|in_progress|2|null|null|25.0|null");
    }

    @Test
    void programsAndTeamsCountByDayAndAgree() {
        String counts = "reps_enrolled, reps_not_started, reps_in_progress, reps_completed, reps_overdue,"
                + " reps_due_in_7_days, completed_percent, correct_percent, clicked_percent";
        assertThat(sql.rows("select program_name, " + counts + " from serving.program_status order by 1"))
                .containsExactly("E|0|0|0|0|0|0|null|null|null", "P|5|1|3|1|1|1|20.0|80.0|null");
        assertThat(sql.rows("select program_name, " + counts + " from serving.team_status"))
                .containsExactly("P|5|1|3|1|1|1|20.0|80.0|null");
    }

    @Test
    void whoIsAtRiskAndWhy() {
        assertThat(sql.rows("select contact_id, overdue, behind, inactive from serving.at_risk_reps order by 1"))
                .containsExactly("idle|f|f|t", "late|t|f|f", "soon|f|t|f");
    }

    @Test
    void anAccountsRepsAtRiskAreFoundByItsIndex() {
        // Small tables are read whole if that is allowed; the question is whether the index can serve at all.
        sql.run("alter database postgres set enable_seqscan = off");
        assertThat(String.join(
                        "\n",
                        sql.rows("explain select * from serving.rep_program where account_id = 'a'"
                                + " and completed_at is null and due_at < now()")))
                .contains("rep_program_by_account");
    }

    private static String rep(String contact, String dueAt, int passed, String lastActivityAt, String completedAt) {
        return "insert into serving.rep_program values ('" + contact + "', 'p', 'a', 't', now() - interval '"
                + (passed == 0 ? 1 : 30) + " days', "
                + dueAt + ", 4, 0, 0, " + passed + ", 0, 0, 0, 0, 0, 0, " + lastActivityAt + ", " + lastActivityAt
                + ", "
                + completedAt + ")";
    }
}
