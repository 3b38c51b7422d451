package io.retally.helm;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * A package in Debian's archive: an ar archive with a compressed tar archive of the files in it (deb(5)).
 *
 * @param address where it is
 * @param sha256 its checksum, in hexadecimal
 */
record DebianPackage(URI address, String sha256) {

    /**
     * Fetches it.
     *
     * @param to the file that is written
     * @throws IOException if it is not to be had, or is another than the checksum says
     */
    void fetch(Path to) throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(30))
                .build();
        try {
            HttpResponse<Path> answer = client.send(
                    HttpRequest.newBuilder(address)
                            .timeout(Duration.ofMinutes(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofFile(to));
            if (answer.statusCode() != 200) {
                throw new IOException("status " + answer.statusCode());
            }
            String found = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(to)));
            if (!found.equals(sha256)) {
                throw new IOException("SHA-256 is " + found + " and not " + sha256);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Takes one file out of a package.
     *
     * @param deb the package
     * @param name the file's, as the archive has it: from {@code ./}
     * @param to the file that is written
     * @throws IOException if there is no such file in it, or it cannot be read or written
     */
    static void unpack(Path deb, String name, Path to) throws IOException {
        try (ArArchiveInputStream members =
                new ArArchiveInputStream(new BufferedInputStream(Files.newInputStream(deb)))) {
            seek(members, "data.tar.xz");
            TarArchiveInputStream files = new TarArchiveInputStream(new XZCompressorInputStream(members));
            seek(files, name);
            Files.copy(files, to, StandardCopyOption.REPLACE_EXISTING);
        }
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
}
