package io.retally.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages made as Debian makes them, on every machine: where promtool is kept already, none is unpacked otherwise. */
class DebianPackageTest {

    @TempDir
    private Path folder;

    private Path deb;

    @BeforeEach
    void make() throws IOException {
        deb = folder.resolve("made.deb");
        try (ArArchiveOutputStream members = new ArArchiveOutputStream(Files.newOutputStream(deb))) {
            member(members, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
            member(members, "data.tar.xz", files());
        }
    }

    @Test
    void givesTheFileThatIsAskedFor() throws IOException {
        Path to = folder.resolve("program");
        DebianPackage.unpack(deb, "./usr/bin/program", to);
        assertThat(to).hasContent("the program");
    }

    @Test
    void saysWhichFileItHasNot() {
        assertThatThrownBy(() -> DebianPackage.unpack(deb, "./usr/bin/other", folder.resolve("program")))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no ./usr/bin/other in it");
    }

    @Test
    void anotherThanTheChecksumSaysIsRefused() throws IOException {
        try (OneAnswer server = new OneAnswer(Files.readAllBytes(deb))) {
            DebianPackage other = new DebianPackage(server.address(), "0".repeat(64));
            assertThatThrownBy(() -> other.fetch(folder.resolve("fetched.deb")))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("SHA-256 is [0-9a-f]{64} and not 0{64}");
        }
    }

    private static byte[] files() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream files = new TarArchiveOutputStream(new XZCompressorOutputStream(bytes))) {
            file(files, "./usr/share/doc/copyright", "whose it is");
            file(files, "./usr/bin/program", "the program");
        }
        return bytes.toByteArray();
    }

    private static void file(TarArchiveOutputStream files, String name, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        files.putArchiveEntry(entry);
        files.write(content);
        files.closeArchiveEntry();
    }

    private static void member(ArArchiveOutputStream members, String name, byte[] content) throws IOException {
        members.putArchiveEntry(new ArArchiveEntry(name, content.length));
        members.write(content);
        members.closeArchiveEntry();
    }

    /** A server that gives the same bytes to all who ask. */
    private static final class OneAnswer implements AutoCloseable {

        private final HttpServer server;

        OneAnswer(byte[] bytes) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
        }

        URI address() {
            return URI.create("http://" + server.getAddress().getHostString() + ":"
                    + server.getAddress().getPort() + "/made.deb");
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
