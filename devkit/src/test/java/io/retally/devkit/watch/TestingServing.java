package io.retally.devkit.watch;

import io.retally.oracle.ContractSql;
import io.retally.oracle.Oracle;
import io.retally.oracle.Progress;
import io.retally.sql.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL whose serving tables hold what the contract's SQL makes of a small random company. */
final class TestingServing implements AutoCloseable {
    private static final String READER = "watching_reader";
    private final EmbeddedPostgres postgres;

    TestingServing() throws IOException, SQLException {
        postgres = EmbeddedPostgres.start();
        Migrations.migrate(postgres.getPostgresDatabase());
        try (Connection owner = owner();
                Statement statement = owner.createStatement()) {
            statement.execute("create role " + READER + " login in role retally_read");
            statement.execute(ContractSql.source());
            statement.execute(COMPANY);
            statement.execute("analyze");
            Oracle.evaluate(owner, Progress.SILENT);
            for (String table : ContractSql.servedTables()) {
                statement.execute("insert into serving." + table + " select * from contract." + table);
            }
            statement.execute("insert into serving.epoch values (1, now(), now())");
            statement.execute("analyze");
        }
    }

    Connection owner() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    Connection reader() throws SQLException {
        return postgres.getDatabase(READER, "postgres").getConnection();
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }

    /** Two accounts, four programs of six lessons, 60 reps in six teams or none, 12,000 interactions. */
    private static final String COMPANY = """
            select setseed(0.5);
            insert into source.account values ('a0', 'Acme', 'America/Chicago'), ('a1', 'Beta', 'Asia/Kolkata');
            insert into source.team select 't' || i, 'a' || i % 2, 'Team ' || i, null from generate_series(0, 5) i;
            insert into source.contact
              select 'c' || i, 'a' || i % 2, case when i % 7 > 0 then 't' || i % 6 end, 'Rep ' || i,
                     case when i % 11 = 0 then now() end
              from generate_series(0, 59) i;
            insert into source.program
              select 'p' || i, 'a' || i % 2, 'Program ' || i, 'onboarding', i * 20 from generate_series(0, 3) i;
            insert into source.lesson
              select 'p' || p, 'l' || l, l + 1, 'Lesson ' || l, l * 20, l % 3 <> 2,
                     case when l % 2 = 0 then array['q0', 'q1'] else '{}' end
              from generate_series(0, 3) p, generate_series(0, 5) l;
            insert into source.enrollment
              select 'e' || c || '-' || p, 'a' || c % 2, 'c' || c, 'p' || p, '2026-01-01Z'::timestamptz + c * interval '1 h',
                     case when c % 3 > 0 then '2026-03-01Z'::timestamptz + c * interval '7 h' end, null
              from generate_series(0, 59) c, generate_series(0, 3) p where c % 2 = p % 2;
            insert into source.interaction
              select 'i' || i, 'a' || c % 2, 'c' || c, 'p' || p, 'l' || l, verb,
                     '2026-01-02Z'::timestamptz + i * interval '7 min',
                     case when verb = 'segment_watched' then floor(random() * 8)::int end,
                     case when verb = 'question_answered' then 'q' || i % 2 end, null,
                     case when verb = 'question_answered' then random() < 0.7 end
              from (select i, floor(random() * 60)::int as c, floor(random() * 4)::int as p,
                           floor(random() * 6)::int as l,
                           (array['message_sent', 'message_clicked', 'lesson_opened', 'segment_watched',
                                  'segment_watched', 'question_answered', 'question_answered',
                                  'lesson_completed'])[1 + floor(random() * 8)] as verb
                    from generate_series(1, 12000) i) s;
            """;
}
