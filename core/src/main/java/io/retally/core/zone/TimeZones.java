package io.retally.core.zone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/**
 * The regions of the tz database, in the edition of the resource {@code time-zones.txt}: a replay gives the same days on
 * every machine, whatever its JDK knows. The edition is PostgreSQL's, as the contract's days are those of its
 * {@code at time zone}; another PostgreSQL with another edition may see other days where the editions differ, which is
 * mostly in the future.
 */
public final class TimeZones {

    private static final String RESOURCE = "time-zones.txt";
    private static final TzDatabase CARRIED = read();

    private TimeZones() {}

    /** All of them. */
    public static TzDatabase carried() {
        return CARRIED;
    }

    /** Whether {@code name} is a region name of the tz database, such as {@code America/Chicago} or {@code UTC}. */
    public static boolean isRegionName(String name) {
        return CARRIED.isRegionName(name);
    }

    /**
     * The time zone of a region.
     *
     * @throws IllegalArgumentException if {@link #isRegionName} denies the name
     */
    public static TimeZone zone(String name) {
        return CARRIED.zone(name);
    }

    public static Set<String> names() {
        return CARRIED.names();
    }

    /** The edition of the tz database, such as {@code 2026c}. */
    public static String edition() {
        return CARRIED.edition();
    }

    private static TzDatabase read() {
        try (InputStream resource = TimeZones.class.getResourceAsStream(RESOURCE)) {
            return TzDatabase.parse(
                    new String(Objects.requireNonNull(resource, RESOURCE).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
