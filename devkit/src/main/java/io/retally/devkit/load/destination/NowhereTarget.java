package io.retally.devkit.load.destination;

import io.retally.devkit.load.ChangeOfDocument;

/** Drops every change: measures how fast documents can be made. */
public final class NowhereTarget implements Target {
    @Override
    public void accept(ChangeOfDocument change) {}

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
