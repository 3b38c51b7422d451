package io.retally.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables that change in every epoch have room beside their rows, and vacuum by what changes. */
class StorageITCase {

    /** Names, which change when someone renames something. */
    private static final String DIMENSIONS = "('account', 'team', 'contact', 'program', 'lesson')";

    @Test
    void tablesOfEveryEpochHaveTheirSettings() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Migrations.migrate(postgres.getPostgresDatabase());
            Sql sql = new Sql(postgres.getPostgresDatabase());
            assertThat(without(sql, "autovacuum_vacuum_scale_factor=")).isEmpty();
            assertThat(without(sql, "autovacuum_vacuum_cost_delay=0")).isEmpty();
            assertThat(without(sql, "fillfactor="))
                    .as("rows of these are inserted and deleted, never updated")
                    .allMatch(table -> table.matches("staging\\.(?!publication$|source_position$).*"));
        }
    }

    @Test
    void updatesOfATotalStayHot() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Migrations.migrate(postgres.getPostgresDatabase());
            Sql sql = new Sql(postgres.getPostgresDatabase());
            sql.run("insert into serving.question_stats (program_id, lesson_id, question_id, account_id, respondents,"
                    + " answers, correct_first, correct_latest)"
                    + " select 'p', 'l', i::text, 'a', 0, 0, 0, 0 from generate_series(1, 200) i");
            for (int epoch = 1; epoch <= 20; epoch++) {
                sql.run("update serving.question_stats set answers = answers + 1");
            }
            sql.run("select pg_stat_force_next_flush()");
            assertThat(sql.rows("select n_tup_upd, n_tup_hot_upd * 10 >= n_tup_upd * 9 from pg_stat_user_tables"
                            + " where relname = 'question_stats' and schemaname = 'serving'"))
                    .containsExactly("4000|t");
        }
    }

    private static List<String> without(Sql sql, String setting) {
        return sql.rows("select c.oid::regclass from pg_class c"
                + " where c.relnamespace in ('serving'::regnamespace, 'staging'::regnamespace) and c.relkind = 'r'"
                + " and not (c.relnamespace = 'serving'::regnamespace and c.relname in " + DIMENSIONS + ")"
                + " and not exists (select from unnest(c.reloptions) o where o like '" + setting + "%') order by 1");
    }
}
