package io.retally.core.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeZonesTest {

    private static final long CYCLE_SECONDS = 146_097L * 86_400;

    @ParameterizedTest(name = "{0} at {1}: {2} s")
    @CsvSource({
        "UTC, 2026-01-01T00:00:00Z, 0",
        "America/Chicago, 0001-06-01T00:00:00Z, -21036",
        "America/Chicago, 2026-03-08T07:59:59Z, -21600",
        "America/Chicago, 2026-03-08T08:00:00Z, -18000",
        "America/Chicago, 9999-07-01T00:00:00Z, -18000",
        "America/Chicago, 9999-12-30T00:00:00Z, -21600",
        "America/Vancouver, 2027-01-01T00:00:00Z, -25200",
        "Europe/Dublin, 2030-01-01T00:00:00Z, 0",
        "Europe/Dublin, 2030-07-01T00:00:00Z, 3600",
        "Australia/Lord_Howe, 2030-01-01T00:00:00Z, 39600",
        "Australia/Lord_Howe, 2030-07-01T00:00:00Z, 37800",
        // At -1:00 of the last Sunday, which is on the Saturday.
        "America/Nuuk, 2030-03-31T00:59:59Z, -7200",
        "America/Nuuk, 2030-03-31T01:00:00Z, -3600",
        // Summer time's offset all through two winters, after which the yearly rule begins.
        "America/Grand_Turk, 2016-01-01T00:00:00Z, -14400",
        "America/Grand_Turk, 2019-01-01T00:00:00Z, -18000",
        // Abbreviations to PostgreSQL, and so without summer time.
        "EST, 2026-07-01T00:00:00Z, -18000",
        "CET, 2026-07-01T00:00:00Z, 3600",
        "WET, 2026-07-01T00:00:00Z, 0",
    })
    void offsetOf(String name, String at, int offsetSeconds) {
        assertThat(TimeZones.zone(name).offsetSeconds(Instant.parse(at).getEpochSecond()))
                .isEqualTo(offsetSeconds);
    }

    @Test
    void offsetStaysUntilTheNextChange() {
        TimeZone chicago = TimeZones.zone("America/Chicago");
        long second = Instant.parse("2026-03-08T07:59:59Z").getEpochSecond();
        assertThat(chicago.nextChange(second)).isEqualTo(second + 1);
        assertThat(chicago.nextChange(second + 1))
                .isEqualTo(Instant.parse("2026-11-01T07:00:00Z").getEpochSecond());
        assertThat(TimeZones.zone("UTC").nextChange(second)).isEqualTo(Long.MAX_VALUE);
    }

    @Property
    void rulesComeAgainEveryFourHundredYears(
            @ForAll @LongRange(min = 1_800_000_000L, max = 240_000_000_000L) long second) {
        TimeZone chicago = TimeZones.zone("America/Chicago");
        assertThat(chicago.offsetSeconds(second + CYCLE_SECONDS)).isEqualTo(chicago.offsetSeconds(second));
        assertThat(chicago.nextChange(second + CYCLE_SECONDS)).isEqualTo(chicago.nextChange(second) + CYCLE_SECONDS);
    }

    @Test
    void linksAreEqual() {
        assertThat(TimeZones.zone("Canada/Pacific")).isEqualTo(TimeZones.zone("America/Vancouver"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+05:30",
                "UTC+3",
                "Mars/Olympus_Mons",
                "",
                "america/chicago",
                "SystemV/EST5",
                "Factory",
                "Z",
                "PST"
            })
    void anythingElseIsNoRegion(String name) {
        assertThat(TimeZones.isRegionName(name)).isFalse();
        assertThatThrownBy(() -> TimeZones.zone(name)).isInstanceOf(IllegalArgumentException.class);
    }
}
