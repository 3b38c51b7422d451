package io.retally.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The logins of {@code sql/production/roles.sql}: each can do its work and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ProductionRolesITCase {
    private EmbeddedPostgres postgres;

    @BeforeAll
    void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        new Sql(postgres.getPostgresDatabase()).run("create database retally", "create user stranger");
        String roles = Files.readString(Path.of("production/roles.sql"));
        Sql administrator = as("postgres");
        administrator.run(roles);
        administrator.run(roles);
        Migrations.migrate(postgres.getDatabase("retally_owner", "retally"));
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
    }

    @Test
    void theOwnerIsNoSuperuserAndMakesNoRoles() {
        assertThat(as("postgres")
                        .rows("select rolname from pg_roles where rolname like 'retally%'"
                                + " and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)"))
                .isEmpty();
        assertThat(as("postgres")
                        .rows("select nspname from pg_namespace where nspowner = 'retally_owner'::regrole order by 1"))
                .containsExactly("migrations", "reporting", "serving", "serving_access", "staging");
    }

    @Test
    void thePublisherWritesAndChangesNoTable() {
        Sql publisher = as("retally_publisher");
        publisher.run(
                "begin",
                "insert into serving.account values ('a', 'Acme', 'UTC')",
                "insert into staging.source_position values ('t', 0, 1)",
                "select nextval('staging.chunk_id')",
                "rollback");
        assertThatThrownBy(() -> publisher.run("drop table serving.account")).hasMessageContaining("must be owner");
        assertThatThrownBy(() -> publisher.run("create schema x")).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> publisher.run("create temp table x ()")).hasMessageContaining("permission denied");
    }

    @Test
    void theReaderReadsAndNeverHoldsASnapshotForLong() {
        Sql reader = as("retally_reader");
        assertThat(reader.rows("select count(*) from serving.program_status")).containsExactly("0");
        assertThat(reader.rows("show statement_timeout")).containsExactly("1min");
        assertThat(reader.rows("show idle_in_transaction_session_timeout")).containsExactly("1min");
        assertThatThrownBy(() -> reader.run("insert into serving.account values ('b', 'Beta', 'UTC')"))
                .hasMessageContaining("read-only transaction");
        assertThatThrownBy(() -> reader.run(
                        "set default_transaction_read_only = off",
                        "insert into serving.account values ('b', 'Beta', 'UTC')"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> reader.run("select from staging.publication"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void reportsMakeTheirTablesAndSeeNoOthers() {
        Sql reporter = as("retally_reporter");
        reporter.run("begin", "set role retally_report", "create table reporting.t (k int)", "rollback");
        assertThatThrownBy(() -> reporter.run("select from serving.account")).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> reporter.run("create table serving.t (k int)"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void nobodyElseGetsIn() {
        assertThatThrownBy(() -> as("stranger").run("select 1")).hasMessageContaining("permission denied for database");
    }

    private Sql as(String login) {
        return new Sql(postgres.getDatabase(login, "retally"));
    }
}
