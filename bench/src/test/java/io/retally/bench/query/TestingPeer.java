package io.retally.bench.query;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Answers one row, as it is told to. */
final class TestingPeer implements Peer {
    private final @Nullable Object value;
    private final Question unanswered;
    final List<Asking> asked = new ArrayList<>();

    /** @param unanswered has no answer in time */
    TestingPeer(@Nullable Object value, Question unanswered) {
        this.value = value;
        this.unanswered = unanswered;
    }

    @Override
    public String name() {
        return "testing";
    }

    @Override
    public String description() {
        return "Testing 1.0";
    }

    @Override
    public List<@Nullable Object[]> ask(Asking asking, String now) throws TimeoutException {
        asked.add(asking);
        if (asking.question() == unanswered) {
            throw new TimeoutException("too long");
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        rows.add(new @Nullable Object[] {value});
        return rows;
    }

    @Override
    public void close() {}
}
