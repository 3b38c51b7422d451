package io.retally.core.zone;

import io.retally.core.zone.TimeZone.Change;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One edition of the tz database: its regions, and the rules of each. */
public final class TzDatabase {

    /**
     * Regions that PostgreSQL never gets to in {@code at time zone}: it takes these names for abbreviations first, which
     * are fixed offsets. In hours.
     */
    private static final Map<String, Integer> ABBREVIATIONS =
            Map.of("WET", 0, "CET", 1, "MET", 1, "EET", 2, "EST", -5, "MST", -7, "HST", -10);

    private static final String EDITION_LINE = "# edition ";

    private final String edition;
    private final Map<String, TimeZone> zones = new HashMap<>();

    private TzDatabase(String edition) {
        this.edition = edition;
    }

    /** Reads an edition in the form of the resource {@code time-zones.txt}, whose first lines describe it. */
    public static TzDatabase parse(String text) {
        TzDatabase database = new TzDatabase(text.lines()
                .filter(line -> line.startsWith(EDITION_LINE))
                .map(line -> line.substring(EDITION_LINE.length()))
                .findFirst()
                .orElseThrow());
        for (String paragraph : text.split("\n\n", -1)) {
            if (!paragraph.startsWith("#")) {
                database.addZone(paragraph.lines().toList());
            }
        }
        ABBREVIATIONS.forEach((name, hours) -> database.zones.replace(name, TimeZone.fixed(hours * 3600)));
        return database;
    }

    private void addZone(List<String> lines) {
        List<Change> changes = lines.subList(2, lines.size() - 1).stream()
                .map(TzDatabase::change)
                .toList();
        TimeZone zone = TimeZone.of(
                ZoneOffset.of(lines.get(1)).getTotalSeconds(), changes, YearlyRule.parse(lines.get(lines.size() - 1)));
        for (String name : lines.get(0).split(" ", -1)) {
            zones.put(name, zone);
        }
    }

    private static Change change(String line) {
        int space = line.indexOf(' ');
        return new Change(
                Instant.parse(line.substring(0, space)).getEpochSecond(),
                ZoneOffset.of(line.substring(space + 1)).getTotalSeconds());
    }

    /** Such as {@code 2026c}. */
    public String edition() {
        return edition;
    }

    public boolean isRegionName(String name) {
        return zones.containsKey(name);
    }

    /**
     * The time zone of a region.
     *
     * @throws IllegalArgumentException if {@link #isRegionName} denies the name
     */
    public TimeZone zone(String name) {
        TimeZone zone = zones.get(name);
        if (zone == null) {
            throw new IllegalArgumentException(
                    "no region name of the tz database " + edition + ", as America/Chicago is: " + name);
        }
        return zone;
    }

    public Set<String> names() {
        return Set.copyOf(zones.keySet());
    }
}
