package io.retally.devkit.cli;

/**
 * A command of {@code ./retally} that a module above this one has: a picocli command, found by {@link java.util.ServiceLoader}.
 */
public interface Subcommand {}
