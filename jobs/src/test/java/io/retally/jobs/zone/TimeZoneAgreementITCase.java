package io.retally.jobs.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retally.core.zone.TimeZone;
import io.retally.core.zone.TimeZones;
import io.retally.oracle.RegionNames;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The product's time zones against PostgreSQL's {@code at time zone}, which the contract counts days with: the same names,
 * and the same offset at every change of either side and at random instants. Equal offsets are equal days.
 *
 * <p>When another version of PostgreSQL brings another edition of the tz database, this fails. Then write the resources of
 * core and oracle anew from the embedded PostgreSQL, with the edition's name from the log of its
 * {@code src/timezone/data}, and look at what has changed in them before all tests run again:
 *
 * <pre>{@code
 * mvn -pl jobs -am verify -Dtz.renew=2026c -Dit.test=TimeZoneAgreementITCase -Dtest=None \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
 * }</pre>
 */
class TimeZoneAgreementITCase {

    private static final Path CORE = Path.of("../core/src/main/resources/io/retally/core/zone/time-zones.txt");
    private static final Path ORACLE = Path.of("../oracle/src/main/resources/io/retally/oracle/region-names.txt");
    private static final long YEAR_1 = Instant.parse("0001-01-02T00:00:00Z").getEpochSecond();
    private static final long YEAR_1840 = Instant.parse("1840-01-01T00:00:00Z").getEpochSecond();
    private static final long YEAR_2110 = Instant.parse("2110-01-01T00:00:00Z").getEpochSecond();
    private static final long YEAR_9999 = Instant.parse("9999-12-30T00:00:00Z").getEpochSecond();

    private static EmbeddedPostgres postgres;
    private static Connection connection;
    private static ZoneFiles files;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = EmbeddedPostgres.start();
        connection = postgres.getPostgresDatabase().getConnection();
        try (Statement statement = connection.createStatement()) {
            // As the oracle does: a session's own time zone may lend abbreviations another meaning.
            statement.execute("set timezone = 'UTC'");
        }
        files = ZoneFiles.read(Path.of(strings("select setting from pg_config where name = 'SHAREDIR'")
                        .iterator()
                        .next())
                .resolve("timezone"));
        String renewed = System.getProperty("tz.renew");
        if (renewed != null) {
            Files.writeString(CORE, files.timeZones(renewed));
            Files.writeString(ORACLE, files.names());
        }
    }

    @BeforeEach
    void doNotJudgeWhatWasReadBeforeItWasRenewed() {
        assumeTrue(
                System.getProperty("tz.renew") == null, "the resources are written, but these tests have read the old");
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        connection.close();
        postgres.close();
    }

    @Test
    void resourceIsMadeOfPostgresqlsFiles() throws IOException {
        try (InputStream resource = TimeZones.class.getResourceAsStream("time-zones.txt")) {
            assertThat(new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8)
                            .equals(files.timeZones(TimeZones.edition())))
                    .as("core's time-zones.txt is what -Dtz.renew=EDITION would write from this PostgreSQL")
                    .isTrue();
        }
    }

    @Test
    void namesAreTheSame() throws SQLException {
        Set<String> names = strings("select name from pg_timezone_names where name <> 'Factory'");
        assertThat(TimeZones.names()).isEqualTo(names);
        assertThat(RegionNames.all()).isEqualTo(names);
    }

    @Test
    void offsetsAreTheSame() throws SQLException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<String> differences = new ArrayList<>();
        long asked = 0;
        for (String name : new TreeSet<>(TimeZones.names())) {
            Set<Long> instants = instants(name, random);
            asked += instants.size();
            differences.addAll(differences(name, instants));
        }
        System.out.printf(
                "%d regions of edition %s, %d instants: %d differ%n",
                TimeZones.names().size(), TimeZones.edition(), asked, differences.size());
        assertThat(differences).as("random seed %d", seed).isEmpty();
    }

    /** The last second before and the first after every change of either side, and random ones, of the years 1 to 9999. */
    private static Set<Long> instants(String name, RandomGenerator random) {
        Set<Long> instants = new TreeSet<>();
        TimeZone zone = TimeZones.zone(name);
        addChanges(instants, zone, YEAR_1, YEAR_2110);
        long later = random.nextLong(YEAR_2110, YEAR_9999);
        addChanges(instants, zone, later, later + 1_000_000_000L);
        addChanges(instants, zone, YEAR_9999 - 1_000_000_000L, YEAR_9999);
        Objects.requireNonNull(files.byName().get(name)).changes().forEach(change -> addBoth(instants, change.at()));
        random.longs(200, YEAR_1, YEAR_9999).forEach(instants::add);
        random.longs(200, YEAR_1840, YEAR_2110).forEach(instants::add);
        return instants;
    }

    private static void addChanges(Set<Long> instants, TimeZone zone, long from, long until) {
        for (long at = zone.nextChange(from); at < until; at = zone.nextChange(at)) {
            addBoth(instants, at);
        }
    }

    private static void addBoth(Set<Long> instants, long change) {
        instants.add(change - 1);
        instants.add(change);
    }

    private static List<String> differences(String name, Set<Long> instants) throws SQLException {
        TimeZone zone = TimeZones.zone(name);
        List<String> differences = new ArrayList<>();
        String question = "select i, extract(epoch from to_timestamp(i) at time zone ?)::bigint - i from unnest(?) i";
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, name);
            statement.setArray(2, connection.createArrayOf("bigint", instants.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    long second = row.getLong(1);
                    if (zone.offsetSeconds(second) != row.getLong(2)) {
                        differences.add("%s at %s: %d s, PostgreSQL has %d s"
                                .formatted(
                                        name,
                                        Instant.ofEpochSecond(second),
                                        zone.offsetSeconds(second),
                                        row.getLong(2)));
                    }
                }
            }
        }
        return differences;
    }

    private static Set<String> strings(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            Set<String> strings = new TreeSet<>();
            while (row.next()) {
                strings.add(row.getString(1));
            }
            return strings;
        }
    }
}
