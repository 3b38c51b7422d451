package io.retally.core.document;

import java.time.ZoneId;
import java.time.zone.ZoneRulesException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Region names of the tz database, and nothing else: no offsets, no abbreviations of Java's own. */
public final class TimeZones {

    /** Names of the tz database that Java knows only as abbreviations; links in its file {@code backward}. */
    private static final Map<String, String> LINKS =
            Map.of("EST", "America/Panama", "MST", "America/Phoenix", "HST", "Pacific/Honolulu");

    private static final Set<String> NAMES = ZoneId.getAvailableZoneIds().stream()
            .filter(name -> !name.startsWith("SystemV/"))
            .collect(Collectors.toUnmodifiableSet());

    private static final Map<String, ZoneId> ZONES = new ConcurrentHashMap<>();

    private TimeZones() {}

    /** Whether {@code name} is a region name of the tz database, such as {@code America/Chicago} or {@code UTC}. */
    public static boolean isRegionName(String name) {
        return NAMES.contains(name) || LINKS.containsKey(name);
    }

    /**
     * The zone of a region name.
     *
     * @throws ZoneRulesException if {@link #isRegionName} denies it
     */
    public static ZoneId zone(String name) {
        if (!isRegionName(name)) {
            throw new ZoneRulesException("not a region name of the tz database: " + name);
        }
        return ZONES.computeIfAbsent(name, n -> ZoneId.of(LINKS.getOrDefault(n, n)));
    }
}
