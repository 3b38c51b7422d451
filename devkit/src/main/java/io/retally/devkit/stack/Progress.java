package io.retally.devkit.stack;

import java.time.Duration;

/** Hears how a start goes; from several threads. */
public interface Progress {
    /** Something worth knowing before it goes on. */
    void note(String line);

    void began(String step);

    void done(String step, Duration took, String detail);
}
