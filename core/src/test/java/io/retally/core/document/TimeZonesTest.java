package io.retally.core.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.time.zone.ZoneRulesException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Region names of the tz database, and nothing else. */
class TimeZonesTest {

    @ParameterizedTest
    @ValueSource(strings = {"America/Chicago", "UTC", "Etc/GMT+5", "EST", "MST", "HST", "Asia/Kolkata", "EST5EDT"})
    void aRegionNameHasAZone(String name) {
        assertThat(TimeZones.isRegionName(name)).isTrue();
        assertThat(TimeZones.zone(name)).isNotNull().isSameAs(TimeZones.zone(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+05:30", "UTC+3", "Z", "PST", "america/chicago", "SystemV/EST5", "Mars/Olympus"})
    void anythingElseIsRefused(String name) {
        assertThat(TimeZones.isRegionName(name)).isFalse();
        assertThatThrownBy(() -> TimeZones.zone(name))
                .isInstanceOf(ZoneRulesException.class)
                .hasMessageEndingWith(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/London", "Pacific/Apia"})
    void aZoneIsThatOfTheTzDatabase(String name) {
        assertThat(TimeZones.zone(name)).isEqualTo(ZoneId.of(name));
    }
}
