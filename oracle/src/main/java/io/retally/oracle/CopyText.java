package io.retally.oracle;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows in the text format of PostgreSQL's COPY. */
final class CopyText {
    private final StringBuilder text = new StringBuilder();
    private boolean lineBegun;

    /** The size in characters. */
    int length() {
        return text.length();
    }

    String take() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }

    CopyText column(@Nullable Object value) {
        if (lineBegun) {
            text.append('\t');
        }
        lineBegun = true;
        if (value == null) {
            text.append("\\N");
        } else if (value instanceof String string) {
            escaped(string);
        } else if (value instanceof Instant instant) {
            timestamp(instant);
        } else if (value instanceof List<?> list) {
            escaped(array(list));
        } else {
            text.append(value);
        }
        return this;
    }

    void endLine() {
        text.append('\n');
        lineBegun = false;
    }

    private void escaped(String string) {
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }

    /** {@code LocalDateTime.toString} leaves out zero seconds and pads years to four digits, both of which are read back. */
    private void timestamp(Instant instant) {
        text.append(LocalDateTime.ofInstant(instant, ZoneOffset.UTC)).append('Z');
    }

    private static String array(List<?> elements) {
        StringBuilder array = new StringBuilder("{");
        for (Object element : elements) {
            array.append(array.length() == 1 ? "\"" : ",\"")
                    .append(element.toString().replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return array.append('}').toString();
    }
}
