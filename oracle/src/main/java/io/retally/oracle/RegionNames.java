package io.retally.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The region names of the tz database in the edition that the product carries, all of which PostgreSQL knows. */
public final class RegionNames {
    private static final Set<String> NAMES = read();

    private RegionNames() {}

    public static Set<String> all() {
        return NAMES;
    }

    private static Set<String> read() {
        try (InputStream names = RegionNames.class.getResourceAsStream("region-names.txt")) {
            return new String(Objects.requireNonNull(names, "region-names.txt").readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
