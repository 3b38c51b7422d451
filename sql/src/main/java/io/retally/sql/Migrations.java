package io.retally.sql;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The migrations of {@code sql/postgres}: schemas serving, staging and serving_access, group roles and grants.
 *
 * <p>Run as the database's owner; CREATEROLE is needed only while the group roles are missing. Repeating it changes
 * nothing. What was applied is kept in {@code migrations.flyway_schema_history}, out of the readers' sight.
 */
public final class Migrations {

    /** Where the migrations are on the class path. */
    public static final String LOCATION = "io/retally/sql/postgres";

    /** The schema of Flyway's own table. */
    public static final String HISTORY_SCHEMA = "migrations";

    private Migrations() {}

    /**
     * Applies what is missing, all of it or nothing.
     *
     * @return the number of migrations applied now
     * @throws MigrationException if the database has a migration that this build does not know, an applied migration was
     *     edited, or one fails
     */
    public static int migrate(DataSource database) {
        Flyway flyway = flyway(database);
        try {
            for (MigrationInfo applied : flyway.info().applied()) {
                if (!applied.getState().isResolved()) {
                    throw new MigrationException(
                            "the database has migration " + applied.getVersion() + " (" + applied.getDescription()
                                    + "), which this build does not know; use the build that applied it");
                }
            }
            return flyway.migrate().migrationsExecuted;
        } catch (FlywayException e) {
            throw new MigrationException(e);
        }
    }

    /**
     * The same, connecting by URL.
     *
     * @param password null: the driver looks into its pgpass file
     */
    public static int migrate(String url, String user, @Nullable String password) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        database.setUser(user);
        if (password != null) {
            database.setPassword(password);
        }
        return migrate(database);
    }

    /** The number of migrations that {@link #migrate} would apply. */
    public static int pending(DataSource database) {
        return flyway(database).info().pending().length;
    }

    private static Flyway flyway(DataSource database) {
        FluentConfiguration configuration = Flyway.configure(Migrations.class.getClassLoader());
        return configuration
                .dataSource(database)
                .locations("classpath:" + LOCATION)
                .defaultSchema(HISTORY_SCHEMA)
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                .group(true)
                .load();
    }
}
