package io.retally.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Where PostgreSQL's {@code at time zone}, which the contract counts days with, has another local date than Java.
 *
 * <p>Some names PostgreSQL takes for an abbreviation before it looks for a region, and so for a fixed offset. Elsewhere the
 * two can only differ as their editions of the tz database do, which the test prints and does not judge.
 */
class TimeZoneAgreementITCase {

    /** Region names that are among PostgreSQL's abbreviations, with another meaning. */
    private static final Set<String> FIXED = Set.of("CET", "EET", "EST", "HST", "MET", "MST", "WET");

    private static final ZoneId UTC = ZoneOffset.UTC;

    @Test
    void datesDifferOnlyWhereTheEditionsDo() throws Exception {
        try (Databases databases = new Databases()) {
            Connection scratch = databases.scratch();
            Set<String> postgresNames = new TreeSet<>(Databases.rows(scratch, "select name from pg_timezone_names"));
            assertThat(postgresNames).containsAll(RegionNames.all());
            postgresNames.removeAll(RegionNames.all());
            System.out.println("names that only PostgreSQL has: " + postgresNames);
            System.out.println("Java has tzdata "
                    + ZoneRulesProvider.getVersions("UTC").lastEntry().getKey());
            assertThat(Databases.rows(
                            scratch,
                            "select abbrev from pg_timezone_abbrevs where utc_offset <> '0'"
                                    + " and abbrev in (select upper(name) from pg_timezone_names)"))
                    .as("names that PostgreSQL takes for an abbreviation")
                    .isSubsetOf(FIXED);
            for (String name : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
                if (RegionNames.all().contains(name) && !FIXED.contains(name)) {
                    List<String> differences = differences(scratch, name);
                    if (!differences.isEmpty()) {
                        System.out.println(name + ": " + differences.size() + " of the dates asked for differ, from "
                                + differences.get(0) + " to " + differences.get(differences.size() - 1));
                    }
                }
            }
        }
    }

    private static List<String> differences(Connection scratch, String name) throws SQLException {
        ZoneRules rules = ZoneId.of(name).getRules();
        Set<Long> instants = instants(rules);
        List<String> differences = new ArrayList<>();
        String question =
                "select i, (to_timestamp(i) at time zone ?)::date - date '1970-01-01' from unnest(?::bigint[]) i"
                        + " order by i";
        try (PreparedStatement statement = scratch.prepareStatement(question)) {
            statement.setString(1, name);
            statement.setArray(2, scratch.createArrayOf("bigint", instants.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Instant instant = Instant.ofEpochSecond(row.getLong(1));
                    LocalDate java = instant.atOffset(rules.getOffset(instant)).toLocalDate();
                    LocalDate postgres = LocalDate.ofEpochDay(row.getLong(2));
                    if (!java.equals(postgres)) {
                        differences.add(instant + " (Java " + java + ", PostgreSQL " + postgres + ")");
                    }
                }
            }
        }
        return differences;
    }

    /** The seconds around each midnight that a transition moves, and around midnights all through the years 1 to 9999. */
    private static Set<Long> instants(ZoneRules rules) {
        Set<Long> instants = new TreeSet<>();
        for (int year = 1; year <= 9999; year += year >= 1850 && year < 2110 ? 1 : 97) {
            for (int month = 1; month <= 12; month++) {
                addMidnight(
                        instants,
                        rules,
                        LocalDate.of(year, month, 1 + (7 * year + month) % 28)
                                .atStartOfDay(UTC)
                                .toEpochSecond());
            }
        }
        for (ZoneOffsetTransition transition : rules.getTransitions()) {
            for (int days = -1; days <= 1; days++) {
                addMidnight(instants, rules, transition.toEpochSecond() + days * 86_400L);
            }
            instants.add(transition.toEpochSecond() - 1);
            instants.add(transition.toEpochSecond());
        }
        return instants;
    }

    private static void addMidnight(Set<Long> instants, ZoneRules rules, long second) {
        long offset = rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
        long midnight = Math.floorDiv(second + offset, 86_400L) * 86_400L - offset;
        instants.add(midnight - 1);
        instants.add(midnight);
    }
}
