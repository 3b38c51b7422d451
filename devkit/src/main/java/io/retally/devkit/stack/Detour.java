package io.retally.devkit.stack;

/** Where the clients of a part are sent in place of its own port, to someone who passes on what they say. */
public interface Detour {
    Detour NONE = (part, port) -> port;

    /** The port that clients are told in place of the part's own. */
    int of(Part part, int port);
}
