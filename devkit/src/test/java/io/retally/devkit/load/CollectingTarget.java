package io.retally.devkit.load;

import io.retally.devkit.load.destination.Target;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is given. */
public final class CollectingTarget implements Target {

    public final List<ChangeOfDocument> changes = new ArrayList<>();

    @Override
    public void accept(ChangeOfDocument change) {
        changes.add(change);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
