package io.retally.bench.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A page with results of benchmarks, each between marks of its own: comments that name it. */
public final class Page {
    private Page() {}

    /** Replaces a benchmark's results in a text; throws IllegalArgumentException if that has no marks for it. */
    public static String with(String page, String benchmark, String markdown) {
        String beginMark = "<!-- " + benchmark + ": begin -->";
        String endMark = "<!-- " + benchmark + ": end -->";
        int begin = page.indexOf(beginMark);
        int end = page.indexOf(endMark);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page has no " + beginMark + " with an " + endMark + " after it");
        }
        return page.substring(0, begin + beginMark.length()) + "\n" + markdown + page.substring(end);
    }

    static void write(Path page, Result result) throws IOException {
        for (Map.Entry<String, byte[]> picture : result.pictures().entrySet()) {
            Path file = page.toAbsolutePath().resolveSibling(picture.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, picture.getValue());
        }
        Files.writeString(page, with(Files.readString(page), result.benchmark(), result.markdown()));
    }
}
