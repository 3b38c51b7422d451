package io.retally.devkit.chaos;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock, set wrong. */
final class JumpingClock extends Clock {
    private final ZoneId zone;
    private volatile Duration error = Duration.ZERO;

    JumpingClock() {
        this(ZoneOffset.UTC);
    }

    private JumpingClock(ZoneId zone) {
        this.zone = zone;
    }

    void jump(Duration by) {
        error = by;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(error);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        JumpingClock clock = new JumpingClock(other);
        clock.jump(error);
        return clock;
    }
}
