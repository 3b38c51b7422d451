package io.retally.core.zone;

import io.retally.core.zone.TimeZone.Change;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The regions of the tz database, in the edition of the resource {@code time-zones.txt}: a replay gives the same days on
 * every machine, whatever its JDK knows. The edition is PostgreSQL's, as the contract's days are those of its
 * {@code at time zone}; another PostgreSQL with another edition may see other days where the editions differ, which is
 * mostly in the future.
 */
public final class TimeZones {

    /**
     * Regions that PostgreSQL never gets to in {@code at time zone}: it takes these names for abbreviations first, which
     * are fixed offsets. In hours.
     */
    private static final Map<String, Integer> ABBREVIATIONS =
            Map.of("WET", 0, "CET", 1, "MET", 1, "EET", 2, "EST", -5, "MST", -7, "HST", -10);

    private static final String RESOURCE = "time-zones.txt";
    private static final String EDITION_LINE = "# edition ";
    private static final Map<String, TimeZone> ZONES = new HashMap<>();
    private static final String EDITION = read();

    private TimeZones() {}

    /** Whether {@code name} is a region name of the tz database, such as {@code America/Chicago} or {@code UTC}. */
    public static boolean isRegionName(String name) {
        return ZONES.containsKey(name);
    }

    /**
     * The time zone of a region.
     *
     * @throws IllegalArgumentException if {@link #isRegionName} denies the name
     */
    public static TimeZone zone(String name) {
        TimeZone zone = ZONES.get(name);
        if (zone == null) {
            throw new IllegalArgumentException(
                    "no region name of the tz database " + EDITION + ", as America/Chicago is: " + name);
        }
        return zone;
    }

    public static Set<String> names() {
        return Set.copyOf(ZONES.keySet());
    }

    /** The edition of the tz database, such as {@code 2026c}. */
    public static String edition() {
        return EDITION;
    }

    private static String read() {
        try (InputStream resource = TimeZones.class.getResourceAsStream(RESOURCE)) {
            String text = new String(Objects.requireNonNull(resource, RESOURCE).readAllBytes(), StandardCharsets.UTF_8);
            for (String paragraph : text.split("\n\n", -1)) {
                if (!paragraph.startsWith("#")) {
                    addZone(paragraph.lines().toList());
                }
            }
            ABBREVIATIONS.forEach((name, hours) -> ZONES.replace(name, TimeZone.fixed(hours * 3600)));
            return text.lines()
                    .filter(line -> line.startsWith(EDITION_LINE))
                    .map(line -> line.substring(EDITION_LINE.length()))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addZone(List<String> lines) {
        List<Change> changes = lines.subList(2, lines.size() - 1).stream()
                .map(TimeZones::change)
                .toList();
        TimeZone zone = TimeZone.of(
                ZoneOffset.of(lines.get(1)).getTotalSeconds(), changes, YearlyRule.parse(lines.get(lines.size() - 1)));
        for (String name : lines.get(0).split(" ", -1)) {
            ZONES.put(name, zone);
        }
    }

    private static Change change(String line) {
        int space = line.indexOf(' ');
        return new Change(
                Instant.parse(line.substring(0, space)).getEpochSecond(),
                ZoneOffset.of(line.substring(space + 1)).getTotalSeconds());
    }
}
