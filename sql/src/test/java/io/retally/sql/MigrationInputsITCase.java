package io.retally.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that are not as a migration wants them: it says why in one line, and nothing is half done. */
class MigrationInputsITCase {
    private static final String SCHEMAS = "select nspname from pg_namespace"
            + " where nspname in ('serving', 'staging', 'serving_access') order by nspname";
    private static final String OBJECTS = "select relname from pg_class c join pg_namespace n on n.oid = relnamespace"
            + " where nspname in ('serving', 'staging', 'serving_access') order by 1";

    private EmbeddedPostgres postgres;
    private DataSource database;
    private Sql sql;

    @BeforeEach
    void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        new Sql(postgres.getPostgresDatabase())
                .run("create user owner createrole", "create database retally owner owner");
        database = postgres.getDatabase("owner", "retally");
        sql = new Sql(database);
    }

    @AfterEach
    void stop() throws IOException {
        postgres.close();
    }

    private void assertRefused(DataSource by, String reason) {
        List<String> schemas = sql.rows(SCHEMAS);
        List<String> objects = sql.rows(OBJECTS);
        assertThatThrownBy(() -> Migrations.migrate(by))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
        assertThat(sql.rows(SCHEMAS)).isEqualTo(schemas);
        assertThat(sql.rows(OBJECTS)).isEqualTo(objects);
    }

    /** The first comes in the way of the first migration, the last of the last but one. */
    @ParameterizedTest
    @ValueSource(strings = {"serving", "staging", "serving_access"})
    void ofASchemaThatIsThereAlreadyNothingIsTouched(String schema) {
        sql.run("create schema " + schema, "create table " + schema + ".contact (mine int)");
        assertRefused(database, "schema \"" + schema + "\" already exists");
        assertThat(sql.rows("select count(*) from " + schema + ".contact")).containsExactly("0");

        sql.run("drop schema " + schema + " cascade");
        assertThat(Migrations.migrate(database)).isPositive();
    }

    @Test
    void whoMayNotCreateSchemasIsToldSo() {
        new Sql(postgres.getPostgresDatabase()).run("create user guest createrole");
        assertRefused(postgres.getDatabase("guest", "retally"), "permission denied for database retally");
    }

    @Test
    void whoMayNotCreateRolesIsToldWhatToDo() {
        new Sql(postgres.getPostgresDatabase()).run("alter user owner nocreaterole");
        assertRefused(database, "role retally_publish is missing and owner may not create it");
        new Sql(postgres.getPostgresDatabase())
                .run(
                        "create role retally_publish",
                        "create role retally_read",
                        "create role retally_read_account",
                        "create role retally_report");
        assertThat(Migrations.migrate(database)).isPositive();
    }

    @Test
    void aReadOnlyDatabaseIsRefused() {
        sql.run("alter database retally set default_transaction_read_only = on");
        assertRefused(database, "read-only transaction");
    }

    @Test
    void ofAnOlderDatabaseWhatIsMissingIsApplied() {
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:" + Migrations.LOCATION)
                .defaultSchema(Migrations.HISTORY_SCHEMA)
                .target("3")
                .load()
                .migrate();
        int missing = Migrations.pending(database);
        assertThat(missing).isPositive();
        assertThat(Migrations.migrate(database)).isEqualTo(missing);
    }

    @Test
    void aNewerDatabaseIsRefused() {
        Migrations.migrate(database);
        sql.run("insert into migrations.flyway_schema_history select installed_rank + 100, '99', 'of the future', type,"
                + " 'V99__of_the_future.sql', checksum, installed_by, installed_on, execution_time, success"
                + " from migrations.flyway_schema_history where version = '2'");
        assertRefused(database, "the database has migration 99 (of the future), which this build does not know");
    }

    @Test
    void anEditedMigrationIsRefused() {
        Migrations.migrate(database);
        sql.run("update migrations.flyway_schema_history set checksum = checksum + 1 where version = '2'");
        assertRefused(database, "checksum mismatch");
    }

    @Test
    void aHistoryThatIsNoneIsRefused() {
        sql.run("create schema migrations", "create table migrations.flyway_schema_history (version text)");
        assertRefused(database, "column \"installed_rank\" does not exist");
    }
}
