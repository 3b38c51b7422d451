package io.retally.helm;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Prometheus' own checker of rules: the one on the path, or else the one in Debian's package {@code prometheus}, which is
 * fetched once, held to its checksum and kept under {@code ~/.cache/retally}.
 */
final class Promtool {

    private static final String VERSION = "2.42.0+ds-5+deb12u1";

    private static final String POOL = "https://deb.debian.org/debian/pool/main/p/prometheus/prometheus_" + VERSION;

    /** Debian's package, by the name that Java has for the architecture. */
    private static final Map<String, DebianPackage> PACKAGES = Map.of(
            "amd64",
            new DebianPackage(
                    URI.create(POOL + "_amd64.deb"),
                    "81d59a24fce84f7fbe97a45a4f2914b6a5881b5cd1db2a6a0e129e515e1a5f55"),
            "aarch64",
            new DebianPackage(
                    URI.create(POOL + "_arm64.deb"),
                    "ca131aa102390083398afbc80be9c8dd1dda78f9f92154fc00df8f7f1f4556e9"));

    private static final Path PROGRAM = find();

    private Promtool() {}

    /**
     * Runs it.
     *
     * @return what it says, if it finds nothing wrong
     * @throws AssertionError with what it says, if it does
     */
    static String run(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + "\n" + said);
        }
        return said;
    }

    private static Path find() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(Promtool::ofDebian);
    }

    private static Path ofDebian() {
        DebianPackage wanted = PACKAGES.get(System.getProperty("os.arch", ""));
        if (wanted == null || !System.getProperty("os.name", "").equals("Linux")) {
            throw new IllegalStateException(
                    "no promtool is known for this machine: install Prometheus, so that it is on the path");
        }
        Path kept = Path.of(System.getProperty("user.home", ""), ".cache", "retally", "promtool-" + VERSION);
        try {
            if (!Files.exists(kept)) {
                keep(wanted, kept);
            }
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException(wanted.address() + " gives no promtool: install Prometheus instead", e);
        }
    }

    /** In one step, as another build may look for it at the same time. */
    private static void keep(DebianPackage wanted, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Path deb = Files.createTempFile(Path.of("target"), "prometheus", ".deb");
        Path beside = Files.createTempFile(to.getParent(), "promtool", "");
        try {
            wanted.fetch(deb);
            DebianPackage.unpack(deb, "./usr/bin/promtool", beside);
            Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.delete(deb);
            Files.deleteIfExists(beside);
        }
    }
}
