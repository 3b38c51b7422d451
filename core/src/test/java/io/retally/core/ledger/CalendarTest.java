package io.retally.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.zone.TimeZone;
import io.retally.core.zone.TimeZones;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A calendar's days are those of its time zone's offsets, whatever was asked before. */
class CalendarTest {

    private static final long FIRST = -62_135_596_800_000L;
    private static final long LAST = 253_402_300_799_999L;
    /** In 2100: two changes a year come again for ever. */
    private static final long END_OF_CHANGES = 4_102_444_800L;

    private static final List<String> ZONES =
            TimeZones.names().stream().sorted().toList();

    @Property(tries = 3_000)
    void daysAreThoseOfTheOffsets(@ForAll Random random) {
        String zone = ZONES.get(random.nextInt(ZONES.size()));
        assertDays(zone, moments(TimeZones.zone(zone), random));
    }

    /** Until 2011 its clocks changed a minute after midnight: in autumn a day ended, began, ended and began again. */
    @Property
    void aDayThatComesTwice(@ForAll Random random) {
        String zone = "America/St_Johns";
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
        assertDays("Pacific/Apia", List.of(Instant.parse(moment).toEpochMilli()));
    }

    @Test
    void theEndsOfTime() {
        for (String zone : List.of("UTC", "Pacific/Kiritimati", "America/Adak", "Asia/Kolkata")) {
            assertDays(zone, List.of(FIRST, LAST, -1L, 0L, 999L, LAST, FIRST));
        }
    }

    private static void assertDays(String zone, List<Long> moments) {
        TimeZone timeZone = TimeZones.zone(zone);
        Calendar calendar = new Calendar(timeZone);
        for (long at : moments) {
            ZoneOffset offset = ZoneOffset.ofTotalSeconds(timeZone.offsetSeconds(Math.floorDiv(at, 1000L)));
            assertThat(calendar.dayOf(at))
                    .as("%s in %s, after others of %s", Instant.ofEpochMilli(at), zone, moments)
                    .isEqualTo((int) LocalDate.ofInstant(Instant.ofEpochMilli(at), offset)
                            .toEpochDay());
        }
    }

    /** Anywhere, and within a day of a change of the zone's clocks. */
    private static List<Long> moments(TimeZone zone, Random random) {
        List<Long> changes = new ArrayList<>();
        for (long at = zone.nextChange(FIRST / 1000); at < END_OF_CHANGES; at = zone.nextChange(at)) {
            changes.add(at);
        }
        List<Long> moments = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            if (changes.isEmpty() || random.nextInt(4) == 0) {
                moments.add(FIRST + random.nextLong(LAST - FIRST));
            } else {
                long change = changes.get(random.nextInt(changes.size())) * 1000;
                moments.add(change
                        + (random.nextBoolean() ? random.nextInt(5) - 2 : random.nextInt(172_800_000) - 86_400_000));
            }
        }
        return moments;
    }
}
