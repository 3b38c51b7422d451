package io.retally.devkit.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The jars that a stack's job runs or has run, named by their content. A job that is submitted again after a crash is the
 * same build, whatever the project was built to meanwhile.
 */
final class JobBuilds {
    private static final int HEX_DIGITS = 12;

    private final StackDir dir;

    JobBuilds(StackDir dir) {
        this.dir = dir;
    }

    /** Keeps a jar; returns its name here. */
    String keep(Path jar) {
        try {
            byte[] content = Files.readAllBytes(jar);
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content))
                    .substring(0, HEX_DIGITS);
            String name = "rep-progress-" + hash + ".jar";
            if (!Files.exists(path(name))) {
                Files.createDirectories(dir.builds());
                Path draft = path("." + name);
                Files.write(draft, content);
                Files.move(draft, path(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return name;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + jar, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Path path(String name) {
        return dir.builds().resolve(name);
    }
}
