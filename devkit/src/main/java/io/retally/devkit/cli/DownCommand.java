package io.retally.devkit.cli;

import io.retally.devkit.stack.StackDir;
import io.retally.devkit.stack.StackDown;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** `down`: stops the stack. */
@Command(
        name = "down",
        description = "Stops all processes of the stack. Its folder keeps logs and tables; stopping twice is no error.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  ./retally down", "  ./retally down --dir /srv/retally"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DownCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DirOption dir;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        StackDir stack = dir.dir();
        int stopped = new StackDown(stack).stop(part -> {
            out.println("  stopped " + part.label());
            out.flush();
        });
        out.println(stopped == 0 ? "Nothing was up in " + stack.root() + "." : "Down.");
        return 0;
    }
}
