package io.retally.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The job's jar holds the same bytes whoever builds it, when and where. That it does in fact: {@code supply/compare-builds}. */
class JobJarITCase {

    @Test
    void saysNothingOfItsBuild() throws IOException {
        LocalDateTime timestamp = LocalDateTime.ofInstant(Instant.parse(property("jar.timestamp")), ZoneOffset.UTC);
        try (JarFile jar = new JarFile(jar().toFile())) {
            assertThat(jar.stream())
                    .allSatisfy(entry ->
                            assertThat(entry.getTimeLocal()).as(entry.getName()).isEqualTo(timestamp));
            for (ZipEntry entry : jar.stream().toList()) {
                if (entry.getName().startsWith("META-INF/")) {
                    assertThat(new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8))
                            .as(entry.getName())
                            .doesNotContain(Path.of("").toAbsolutePath().toString(), "Built-By", "Build-Jdk");
                }
            }
        }
    }

    @Test
    void holdsTheProjectsClassesAlone() throws IOException {
        try (JarFile jar = new JarFile(jar().toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName).filter(name -> !name.endsWith("/")))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("io/retally/") || name.startsWith("META-INF/"));
        }
    }

    private static Path jar() {
        return Path.of("target", property("jar.name") + ".jar");
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }
}
