package io.retally.bench.stack;

import io.retally.devkit.cli.StackStarter;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.Home;
import io.retally.devkit.stack.StackDir;
import io.retally.devkit.stack.StackDown;
import io.retally.devkit.stack.UpOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** A stack of a benchmark's own. Nothing of it is left when it is closed; of an interrupted benchmark, its files. */
public final class BenchStack implements AutoCloseable {
    private final Home home;
    private final StackDir dir;
    private final Endpoints endpoints;
    private final Thread onInterrupt;

    private BenchStack(Home home, StackDir dir, Endpoints endpoints) {
        this.home = home;
        this.dir = dir;
        this.endpoints = endpoints;
        this.onInterrupt = new Thread(() -> new StackDown(dir).stop(part -> {}), "stop-bench");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    /** @param folder null: .retally-bench in the project's folder */
    static BenchStack start(@Nullable Path folder, UpOptions options, CommandSpec command)
            throws IOException, InterruptedException {
        Home home = Home.find();
        StackDir dir = new StackDir(folder != null ? folder : home.root().resolve(".retally-bench"));
        PrintWriter out = command.commandLine().getOut();
        return new BenchStack(
                home,
                dir,
                StackStarter.start(dir, options, out, command.commandLine().getErr()));
    }

    public Home home() {
        return home;
    }

    public StackDir dir() {
        return dir;
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    @Override
    public void close() {
        new StackDown(dir).stop(part -> {});
        dir.removeData();
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            // This process is ending: the hook does the same once more.
        }
    }
}
