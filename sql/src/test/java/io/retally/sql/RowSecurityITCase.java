package io.retally.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each group role sees and does what it is for, and no more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class RowSecurityITCase {
    private EmbeddedPostgres postgres;
    private Sql publisher;
    private Sql reader;
    private Sql acme;
    private Sql nobody;

    @BeforeAll
    void migrate() throws IOException {
        postgres = EmbeddedPostgres.start();
        Migrations.migrate(postgres.getPostgresDatabase());
        new Sql(postgres.getPostgresDatabase())
                .run(
                        "create user publisher in role retally_publish",
                        "create user reader in role retally_read",
                        "create user acme in role retally_read_account",
                        "create user nobody in role retally_read_account",
                        "create user reporter in role retally_report",
                        "insert into serving_access.reader_account values ('acme', 'a'), ('someone', 'b')");
        publisher = as("publisher");
        reader = as("reader");
        acme = as("acme");
        nobody = as("nobody");
        publisher.run(
                "insert into serving.account values ('a', 'Acme', 'UTC'), ('b', 'Beta', 'UTC')",
                "insert into serving.program values ('pa', 'a', 'P', 'k', 80), ('pb', 'b', 'P', 'k', 80)",
                "insert into serving.epoch values (1, now(), now())");
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
    }

    @Test
    void readersOfAnAccountSeeItsRowsInTablesAndViews() {
        String tables = "select account_id from serving.program order by 1";
        String views = "select account_id from serving.program_status order by 1";
        for (String query : List.of(tables, views)) {
            assertThat(reader.rows(query)).containsExactly("a", "b");
            assertThat(acme.rows(query)).containsExactly("a");
            assertThat(nobody.rows(query)).isEmpty();
        }
        assertThat(acme.rows("select epoch from serving.epoch")).containsExactly("1");
        assertThat(acme.rows("select * from serving_access.reader_account")).containsExactly("acme|a");
    }

    @Test
    void everyServingTableHasItsPolicies() {
        assertThat(new Sql(postgres.getPostgresDatabase())
                        .rows("select c.relname, c.relrowsecurity, count(p.*) from pg_class c"
                                + " left join pg_policy p on p.polrelid = c.oid"
                                + " where c.relnamespace = 'serving'::regnamespace and c.relkind = 'r'"
                                + " and c.relname <> 'epoch' group by 1, 2"
                                + " having not c.relrowsecurity or count(p.*) <> 3"))
                .isEmpty();
    }

    @Test
    void readersChangeNothingAndDoNotSeeStaging() {
        for (Sql who : List.of(reader, acme)) {
            for (String attempt : List.of(
                    "delete from serving.program",
                    "insert into serving.account values ('c', 'C', 'UTC')",
                    "update serving.epoch set epoch = 2",
                    "truncate serving.program",
                    "select from staging.publication",
                    "select from staging.program",
                    "insert into serving_access.reader_account values ('acme', 'b')",
                    "set row_security = off; select from serving.program; create table serving.x ()")) {
                assertThatThrownBy(() -> who.run(attempt))
                        .as(attempt)
                        .hasMessageMatching("(?s).*(permission denied|row-level security).*");
            }
        }
    }

    @Test
    void thePublisherWritesServingAndStaging() {
        publisher.run(
                "begin",
                "insert into staging.program select nextval('staging.chunk_id'), false, t.* from serving.program t",
                "insert into serving.program select program_id, account_id, name, kind, 70 from staging.program"
                        + " on conflict (program_id) do update set pass_percent = excluded.pass_percent",
                "update serving.epoch set epoch = epoch + 1",
                "insert into staging.source_position values ('t', 0, 1)",
                "insert into staging.publication values (gen_random_uuid(), 1)",
                "delete from serving.program",
                "truncate staging.program, serving.program",
                "rollback");
        assertThatThrownBy(() -> publisher.run("insert into serving.epoch values (2, now(), now())"))
                .hasMessageContaining("epoch_has_one_row");
        assertThatThrownBy(() -> publisher.run("drop table serving.program")).hasMessageContaining("must be owner");
    }

    @Test
    void aReportMakesItsTableAndReadersSeeTheirAccountsInIt() {
        as("reporter")
                .run(
                        "set role retally_report",
                        "create table reporting.r (k text primary key, account_id text)",
                        "call reporting.open_to_readers('r')",
                        "insert into reporting.r values ('1', 'a'), ('2', 'b')",
                        "insert into reporting.publication values ('r', 'r', gen_random_uuid(), 1, '', now())",
                        "create table reporting.\"Of All\" (k text primary key)",
                        "call reporting.open_to_readers('Of All')",
                        "insert into reporting.\"Of All\" values ('1')");
        assertThat(reader.rows("select k from reporting.r order by 1")).containsExactly("1", "2");
        assertThat(acme.rows("select k from reporting.r")).containsExactly("1");
        assertThat(nobody.rows("select k from reporting.r")).isEmpty();
        assertThat(acme.rows("select table_name from reporting.publication")).containsExactly("r");
        assertThat(reader.rows("select k from reporting.\"Of All\"")).containsExactly("1");
        assertThatThrownBy(() -> acme.rows("select k from reporting.\"Of All\""))
                .hasMessageContaining("permission denied");
    }

    @Test
    void aReportSeesAndChangesNothingElse() {
        for (String attempt : List.of(
                "select from serving.program",
                "insert into serving.account values ('c', 'C', 'UTC')",
                "select from staging.publication",
                "select from serving_access.reader_account",
                "drop table reporting.publication",
                "create table serving.x ()")) {
            assertThatThrownBy(() -> as("reporter").run(attempt))
                    .as(attempt)
                    .hasMessageMatching("(?s).*(permission denied|must be owner).*");
        }
        for (Sql who : List.of(reader, acme, publisher)) {
            assertThatThrownBy(() -> who.run("create table reporting.x ()")).hasMessageContaining("permission denied");
        }
    }

    @Test
    void everythingIsExplained() {
        assertThat(new Sql(postgres.getPostgresDatabase())
                        .rows("select c.oid::regclass, null from pg_class c where c.relnamespace::regnamespace::text"
                                + " in ('serving', 'staging', 'serving_access', 'reporting') and c.relname not in ('r', 'Of All') and c.relkind in ('r', 'v', 'S')"
                                + " and obj_description(c.oid, 'pg_class') is null"
                                + " union all select c.oid::regclass, a.attname from pg_class c"
                                + " join pg_attribute a on a.attrelid = c.oid and a.attnum > 0"
                                + " where c.relnamespace::regnamespace::text in ('serving', 'serving_access', 'reporting')"
                                + " and c.relname not in ('r', 'Of All')"
                                + " and c.relkind = 'r' and col_description(c.oid, a.attnum) is null"))
                .isEmpty();
    }

    private Sql as(String user) {
        return new Sql(postgres.getDatabase(user, "postgres"));
    }
}
