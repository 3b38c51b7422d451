package io.retally.oracle;

import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The region names of the tz database: the JDK's copy, without its own {@code SystemV/} names, with those that the JDK
 * leaves out or does not know yet ({@code America/Coyhaique} came with 2025b).
 */
public final class RegionNames {
    private static final Set<String> NAMES = Stream.concat(
                    ZoneId.getAvailableZoneIds().stream().filter(name -> !name.startsWith("SystemV/")),
                    Stream.of("EST", "MST", "HST", "ROC", "GMT+0", "GMT-0", "America/Coyhaique"))
            .collect(Collectors.toUnmodifiableSet());

    private RegionNames() {}

    public static Set<String> all() {
        return NAMES;
    }
}
