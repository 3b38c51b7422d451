package io.retally.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The migrations apply, twice, without a warning, as an owner who is no superuser. */
class MigrationsITCase {

    @Test
    void applyOnceWithoutWarningAsOwnerWithoutSuperuser() throws IOException {
        List<String> warnings = new CopyOnWriteArrayList<>();
        Logger flyway = Logger.getLogger("org.flywaydb");
        Handler watch = warningsTo(warnings);
        flyway.addHandler(watch);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Sql admin = new Sql(postgres.getPostgresDatabase());
            admin.run("create user owner createrole password 'x'", "create database retally owner owner");
            DataSource owner = postgres.getDatabase("owner", "retally");

            assertThat(Migrations.pending(owner)).isPositive();
            int applied = Migrations.migrate(owner);
            assertThat(applied).isPositive();
            assertThat(Migrations.migrate(owner)).isZero();
            assertThat(Migrations.pending(owner)).isZero();

            // A second database of the same server: the roles are there already, and CREATEROLE is not needed.
            admin.run("create user other", "create database second owner other");
            assertThat(Migrations.migrate(postgres.getDatabase("other", "second")))
                    .isEqualTo(applied);
        } finally {
            flyway.removeHandler(watch);
        }
        assertThat(warnings).isEmpty();
    }

    private static Handler warningsTo(List<String> warnings) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                    warnings.add(record.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
