package io.retally.devkit.stack;

import java.util.Arrays;
import java.util.Locale;

/** Where changes come from. */
public enum Capture {
    /** The MongoDB wire server, through Debezium. */
    MONGODB,
    /** Whatever is written to the topics. */
    NONE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return label();
    }

    public static Capture ofLabel(String label) {
        return Arrays.stream(values())
                .filter(capture -> capture.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("capture is 'mongodb' or 'none', not '" + label + "'"));
    }
}
