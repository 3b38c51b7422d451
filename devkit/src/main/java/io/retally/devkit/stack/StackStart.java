package io.retally.devkit.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** `up`: decides whether to go on or to begin afresh, starts, and leaves nothing running when that fails. */
public final class StackStart {
    private final StackDir dir;
    private final Home home;
    private final UpOptions options;
    private final Progress progress;

    public StackStart(StackDir dir, Home home, UpOptions options, Progress progress) {
        this.dir = dir;
        this.home = home;
        this.options = options;
        this.progress = progress;
    }

    public Endpoints start() throws InterruptedException {
        refuseIfUp();
        Optional<StackSettings> found = StackSettings.find(dir);
        refuseForeignFiles(found.isPresent());
        Optional<StackSettings> earlier = options.fresh() ? Optional.empty() : found.filter(this::goesOn);
        boolean fresh = earlier.isEmpty();
        boolean mayEmpty = options.fresh() || found.isPresent();
        if (fresh) {
            dir.removeData();
        }
        dir.create();
        StackSettings settings = earlier.map(known -> known.startedNow(options.capture()))
                .orElseGet(() -> StackSettings.fresh(options.capture(), options.database())
                        .withAssignments(options.assignments()));
        if (options.rebuild() && fresh) {
            progress.note("Nothing is there to rebuild from: the stack begins anew.");
        } else if (options.rebuild()) {
            settings = settings.withJob(settings.job().asRebuilding(true));
            settings.write(dir); // first: without it the tables would be emptied
            StackDir.removeTree(dir.checkpoints());
            StackDir.removeTree(dir.savepoints());
        }
        removeLogs();
        StackUp up = new StackUp(dir, home, options, progress);
        Thread onInterrupt = new Thread(
                () -> {
                    progress.note("Interrupted: stopping what was started.");
                    stop(up, fresh);
                },
                "stop-what-was-started");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            Endpoints endpoints = up.start(settings, mayEmpty);
            letHookWin(onInterrupt);
            return endpoints;
        } catch (RuntimeException | InterruptedException e) {
            letHookWin(onInterrupt);
            stop(up, fresh);
            throw e;
        }
    }

    /** Returns when the hook will not run. When it does, parts end because of it, which is no failure to tell of. */
    private static void letHookWin(Thread hook) throws InterruptedException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            new CountDownLatch(1).await(); // this process is ending, and ends here
        }
    }

    /** What a failed first start has half made is no beginning to go on from. */
    private void stop(StackUp up, boolean fresh) {
        up.giveUp();
        new StackDown(dir).stop(part -> {});
        if (fresh) {
            dir.removeData();
        }
    }

    private void refuseIfUp() {
        StackDown down = new StackDown(dir);
        List<Part> alive = Arrays.stream(Part.values())
                .filter(part -> !down.processesOf(part).isEmpty())
                .toList();
        if (!alive.isEmpty()) {
            throw new StackException(
                    "a stack is up in " + dir.root() + " ("
                            + String.join(", ", alive.stream().map(Part::label).toList()) + ")",
                    "see `./retally status`; `./retally down` stops it; another one needs its own --dir");
        }
    }

    /** A folder of somebody's own keeps what it has, whatever the names. */
    private void refuseForeignFiles(boolean isStack) {
        List<String> foreign = isStack ? List.of() : dir.existingData();
        if (!foreign.isEmpty()) {
            throw new StackException(
                    dir.root() + " holds " + String.join(", ", foreign) + ", which no stack has made",
                    "name an empty or a new folder with --dir");
        }
    }

    /** Whether the folder's stack is to be gone on with, or was one that has to begin anew. */
    private boolean goesOn(StackSettings earlier) {
        if (!earlier.database().equals(options.database())) {
            throw new StackException(
                    "the tables of the stack in " + dir.root() + " are in another PostgreSQL (" + earlier.database()
                            + ")",
                    "give the same --postgres as before, or begin anew with --fresh");
        }
        if (options.capture() == Capture.NONE) {
            progress.note("Going on from what " + dir.root() + " holds.");
            return true;
        }
        if (earlier.capture() == Capture.NONE) {
            throw new StackException(
                    dir.root() + " holds logs that were written without MongoDB",
                    "go on with --capture none, or begin anew with --fresh");
        }
        progress.note("MongoDB's documents were in memory and are gone: beginning anew, with empty logs and tables.");
        return false;
    }

    private void removeLogs() {
        try {
            for (Part part : Part.values()) {
                Files.deleteIfExists(dir.log(part));
            }
        } catch (IOException e) {
            throw new StackException("cannot remove the old logs in " + dir.root(), "check who owns them", e);
        }
    }
}
