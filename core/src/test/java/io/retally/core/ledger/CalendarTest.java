package io.retally.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.TimeZones;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A calendar's days are java.time's, whatever was asked before. */
class CalendarTest {

    private static final long FIRST = -62_135_596_800_000L;
    private static final long LAST = 253_402_300_799_999L;
    private static final List<String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(TimeZones::isRegionName)
            .sorted()
            .toList();

    @Property(tries = 3_000)
    void daysAreThoseOfJavaTime(@ForAll Random random) {
        ZoneId zone = TimeZones.zone(ZONES.get(random.nextInt(ZONES.size())));
        assertDays(zone, moments(zone, random));
    }

    /** Until 2011 its clocks changed a minute after midnight: in autumn a day ended, began, ended and began again. */
    @Property
    void aDayThatComesTwice(@ForAll Random random) {
        ZoneId zone = ZoneId.of("America/St_Johns");
        Instant setBack = Instant.parse("2010-11-07T02:31:00Z");
        List<Long> moments = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            moments.add(setBack.toEpochMilli() + random.nextInt(10_800_000) - 5_400_000);
        }
        assertDays(zone, moments);
    }

    /** Samoa went from 29 to 31 December 2011. */
    @ParameterizedTest
    @ValueSource(strings = {"2011-12-30T09:59:59.999Z", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"})
    void aDayThatNeverWas(String moment) {
        assertDays(ZoneId.of("Pacific/Apia"), List.of(Instant.parse(moment).toEpochMilli()));
    }

    @Test
    void theEndsOfTime() {
        for (String zone : List.of("UTC", "Pacific/Kiritimati", "America/Adak", "Asia/Kolkata")) {
            assertDays(ZoneId.of(zone), List.of(FIRST, LAST, -1L, 0L, 999L, LAST, FIRST));
        }
    }

    private static void assertDays(ZoneId zone, List<Long> moments) {
        Calendar calendar = new Calendar(zone);
        for (long at : moments) {
            assertThat(calendar.dayOf(at))
                    .as("%s in %s, after others of %s", Instant.ofEpochMilli(at), zone, moments)
                    .isEqualTo((int)
                            LocalDate.ofInstant(Instant.ofEpochMilli(at), zone).toEpochDay());
        }
    }

    /** Anywhere, and within a day of a change of the zone's clocks. */
    private static List<Long> moments(ZoneId zone, Random random) {
        List<ZoneOffsetTransition> transitions = zone.getRules().getTransitions();
        List<Long> moments = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            if (transitions.isEmpty() || random.nextInt(4) == 0) {
                moments.add(FIRST + random.nextLong(LAST - FIRST));
            } else {
                long change =
                        transitions.get(random.nextInt(transitions.size())).toEpochSecond() * 1000;
                moments.add(change
                        + (random.nextBoolean() ? random.nextInt(5) - 2 : random.nextInt(172_800_000) - 86_400_000));
            }
        }
        return moments;
    }
}
