package io.retally.devkit.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The files of an image, laid out below a folder as a Dockerfile says. What it does not understand it refuses. */
final class Image {
    private final Path context;
    private final Path root;
    private final List<String> copied = new ArrayList<>();
    private String base = "";

    private Image(Path context, Path root) {
        this.context = context;
        this.root = root;
    }

    /**
     * Follows the Dockerfile's instructions.
     *
     * @param context the folder that is sent to the builder
     * @param root where {@code /} of the image is; it holds the base image's files
     */
    static Image layOut(Path dockerfile, Path context, Path root) throws IOException {
        Image image = new Image(context, root);
        for (String line : Files.readAllLines(dockerfile)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                image.follow(line);
            }
        }
        return image;
    }

    /** What FROM names. */
    String base() {
        return base;
    }

    /** The sources of all COPY instructions, as they are written. */
    List<String> copied() {
        return copied;
    }

    private void follow(String line) throws IOException {
        String[] words = line.split(" ", -1);
        if (words[0].equals("FROM") && words.length == 2 && base.isEmpty()) {
            base = words[1];
        } else if (words[0].equals("COPY") && words.length == 3 && !words[1].startsWith("--")) {
            copied.add(words[1]);
            copy(words[1], words[2]);
        } else if (line.startsWith("RUN install -d -o flink -g flink /")) {
            for (String folder : Arrays.copyOfRange(words, 7, words.length)) {
                Files.createDirectories(inImage(folder));
            }
        } else {
            throw new IllegalArgumentException("the test does not know what this does to the image's files: " + line);
        }
    }

    private Path inImage(String path) {
        if (!path.startsWith("/") || path.contains("..")) {
            throw new IllegalArgumentException("no absolute path: " + path);
        }
        return root.resolve(path.substring(1));
    }

    /** A folder's content goes into the folder; one file gets the name. */
    private void copy(String source, String target) throws IOException {
        if (source.endsWith("/") != target.endsWith("/")) {
            throw new IllegalArgumentException("a folder and a file: " + source + " and " + target);
        }
        if (source.endsWith("/")) {
            Path from = context.resolve(source);
            try (Stream<Path> files = Files.walk(from)) {
                files.filter(Files::isRegularFile)
                        .forEach(file -> put(
                                file,
                                inImage(target).resolve(from.relativize(file).toString())));
            }
        } else {
            put(only(source), inImage(target));
        }
    }

    private static void put(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            // A link, as many of them are large; the base image's file goes, if there is one of this name.
            Files.deleteIfExists(to);
            Files.createSymbolicLink(to, from.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path only(String pattern) throws IOException {
        Path folder = context.resolve(pattern).getParent();
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + context.resolve(pattern));
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(matcher::matches).toList();
            if (found.size() != 1) {
                throw new IllegalArgumentException(pattern + " must be one file and is " + found);
            }
            return found.get(0);
        }
    }
}
