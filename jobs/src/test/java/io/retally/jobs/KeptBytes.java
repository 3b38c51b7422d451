package io.retally.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Bytes that savepoints hold, kept in {@code src/test/resources/io/retally/jobs/state-forms}, a file {@code NAME.vN.hex} for
 * each version of a form.
 *
 * <p>To change a form on purpose: raise its version, let its codec go on reading the old one, and raise the version in the
 * test. A run with {@code -Dstate-forms.write=true} then writes the missing file of the new version. Old files stay, as
 * savepoints do, and must still be read.
 */
public final class KeptBytes {

    private static final Path FILES = Path.of("src/test/resources/io/retally/jobs/state-forms");

    private KeptBytes() {}

    /** The bytes of a version. */
    public static byte[] of(String name, int version) throws IOException {
        Path file = file(name, version);
        assertThat(file)
                .as("the bytes of a version, to be written by -Dstate-forms.write=true")
                .exists();
        return HexFormat.of().parseHex(Files.readString(file).strip());
    }

    /** Checks that this build writes the kept bytes of its version. */
    public static void assertWritten(String name, int version, byte[] written) throws IOException {
        Path file = file(name, version);
        if (Boolean.getBoolean("state-forms.write") && Files.notExists(file)) {
            Files.createDirectories(FILES);
            Files.writeString(file, HexFormat.of().formatHex(written) + "\n");
        }
        assertThat(HexFormat.of().formatHex(written))
                .as("%s: savepoints hold the form of the file; see KeptBytes before you change it", file)
                .isEqualTo(HexFormat.of().formatHex(of(name, version)));
    }

    private static Path file(String name, int version) {
        return FILES.resolve("%s.v%d.hex".formatted(name, version));
    }
}
