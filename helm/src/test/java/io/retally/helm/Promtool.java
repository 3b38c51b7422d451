package io.retally.helm;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Prometheus' own checker of rules: the one on the path, or else the one in Debian's package {@code prometheus}, which is
 * fetched once, held to its checksum and kept under {@code ~/.cache/retally}.
 */
final class Promtool {

    private static final String VERSION = "2.42.0+ds-5+deb12u1";

    private static final String POOL = "https://deb.debian.org/debian/pool/main/p/prometheus/";

    /** SHA-256 of Debian's package, by the name that Debian has for the architecture that Java names so. */
    private static final Map<String, DebianPackage> PACKAGES = Map.of(
            "amd64", new DebianPackage("amd64", "81d59a24fce84f7fbe97a45a4f2914b6a5881b5cd1db2a6a0e129e515e1a5f55"),
            "aarch64", new DebianPackage("arm64", "ca131aa102390083398afbc80be9c8dd1dda78f9f92154fc00df8f7f1f4556e9"));

    private record DebianPackage(String architecture, String sha256) {

        URI address() {
            return URI.create(POOL + "prometheus_" + VERSION + "_" + architecture + ".deb");
        }
    }

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
                keep(program(fetch(wanted)), kept);
            }
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException(wanted.address() + " gives no promtool: install Prometheus instead", e);
        }
    }

    private static Path fetch(DebianPackage wanted) throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(30))
                .build();
        Path file = Files.createTempFile(Path.of("target"), "prometheus", ".deb");
        try {
            HttpResponse<Path> answer = client.send(
                    HttpRequest.newBuilder(wanted.address())
                            .timeout(Duration.ofMinutes(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofFile(file));
            if (answer.statusCode() != 200) {
                throw new IOException("status " + answer.statusCode());
            }
            String found = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
            if (!found.equals(wanted.sha256())) {
                throw new IOException("SHA-256 is " + found + " and not " + wanted.sha256());
            }
            return file;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A Debian package is an ar archive with a compressed tar archive of the files in it. */
    private static Path program(Path deb) throws IOException {
        Path file = Files.createTempFile(Path.of("target"), "promtool", "");
        try (ArArchiveInputStream members =
                new ArArchiveInputStream(new BufferedInputStream(Files.newInputStream(deb)))) {
            seek(members, "data.tar.xz");
            TarArchiveInputStream files = new TarArchiveInputStream(new XZCompressorInputStream(members));
            seek(files, "./usr/bin/promtool");
            copy(files, file);
        }
        Files.delete(deb);
        return file;
    }

    private static void seek(ArchiveInputStream<? extends ArchiveEntry> archive, String name) throws IOException {
        ArchiveEntry entry = archive.getNextEntry();
        while (entry != null && !entry.getName().equals(name)) {
            entry = archive.getNextEntry();
        }
        if (entry == null) {
            throw new IOException("there is no " + name + " in it");
        }
    }

    private static void copy(InputStream from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** In one step, as another build may look for it at the same time. */
    private static void keep(Path program, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Path beside = Files.createTempFile(to.getParent(), "promtool", "");
        Files.copy(program, beside, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(program);
    }
}
