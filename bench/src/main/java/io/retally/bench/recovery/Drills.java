package io.retally.bench.recovery;

import io.retally.bench.probe.Appender;
import io.retally.bench.probe.Probe;
import io.retally.bench.probe.Prober;
import io.retally.bench.probe.Reader;
import io.retally.bench.stack.BenchStack;
import io.retally.devkit.stack.Part;
import io.retally.devkit.stack.Progress;
import io.retally.devkit.stack.Redeployment;
import io.retally.devkit.stack.Savepoints;
import io.retally.devkit.stack.StackDir;
import io.retally.devkit.stack.StackDown;
import io.retally.devkit.stack.StackException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Breaks and redeploys a running stack, and takes the time until a change can be read in every table again. */
final class Drills {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** A change that is read so soon has nothing before it that has to be caught up with. */
    private static final Duration CALM = Duration.ofMillis(1_500);

    private static final Duration LONGEST_UNREST = Duration.ofMinutes(1);

    private final BenchStack stack;
    private final Prober prober;
    private final Appender appender;
    private final Reader reader;

    Drills(BenchStack stack, Prober prober, Appender appender, Reader reader) {
        this.stack = stack;
        this.prober = prober;
        this.appender = appender;
        this.reader = reader;
    }

    /** Waits until changes are read soon after they are made, a minute at most: a machine may be too slow for it. */
    void awaitCalm() throws InterruptedException {
        long begin = System.nanoTime();
        Duration took;
        do {
            took = freshSince(System.nanoTime());
        } while (took.compareTo(CALM) > 0 && System.nanoTime() - begin < LONGEST_UNREST.toNanos());
    }

    /** Ends all processes of a part by SIGKILL. Returns how long it took until a change appended after that was read. */
    Duration kill(Part part) throws InterruptedException {
        List<ProcessHandle> processes = new StackDown(stack.dir()).processesOf(part);
        if (processes.isEmpty()) {
            throw new StackException(
                    "there is no " + part.label() + " to kill",
                    "read " + stack.dir().log(Part.KEEPER));
        }
        long begin = System.nanoTime();
        processes.forEach(ProcessHandle::destroyForcibly);
        return freshSince(begin);
    }

    /** Appends a change now. Returns how long after {@code begin}, of {@link System#nanoTime}, it was read in every table. */
    private Duration freshSince(long begin) throws InterruptedException {
        Probe probe = prober.next();
        Reader.Seen seen = reader.await(probe, appender.append(probe.change()), PATIENCE);
        return Duration.ofNanos(seen.nanos() - begin);
    }

    /** Takes a savepoint while the job goes on, and removes it. */
    Savepoints.Taken savepoint() throws InterruptedException {
        Savepoints.Taken taken = new Savepoints(stack.dir()).take();
        StackDir.removeTree(taken.path());
        return taken;
    }

    /** Stops the job with a savepoint and starts it from there, at a parallelism that may be another. */
    Redeployed redeploy(int parallelism) throws Exception {
        WhenStopped whenStopped = new WhenStopped();
        long begin = System.nanoTime();
        Redeployment.Result result = new Redeployment(stack.dir(), stack.home(), whenStopped).rescale(parallelism);
        Redeployed redeployed = whenStopped.redeployed(begin, result.stoodStill());
        // The job has a checkpoint of its own by now, which is complete in itself.
        Path savepoint = result.snapshot();
        if (savepoint != null) {
            StackDir.removeTree(savepoint);
        }
        return redeployed;
    }

    /** Lets the job read the logs from the beginning. Returns how long it took until the tables were replaced. */
    Duration rebuild() throws InterruptedException {
        return new Redeployment(stack.dir(), stack.home(), new Silent()).rebuild();
    }

    /** Appends a probe when the job has ended, and waits for it while the redeployment goes on. */
    private final class WhenStopped extends Silent {
        private @Nullable Duration stopped;
        private @Nullable CompletableFuture<Reader.Seen> seen;

        @Override
        public void done(String step, Duration took, String detail) {
            if (step.equals("savepoint")) {
                stopped = took;
                Probe probe = prober.next();
                Appender.Sent sent = appender.append(probe.change());
                seen = CompletableFuture.supplyAsync(() -> {
                    try {
                        return reader.await(probe, sent, PATIENCE);
                    } catch (InterruptedException e) {
                        throw new CompletionException(e);
                    }
                });
            }
        }

        Redeployed redeployed(long begin, Duration stoodStill) throws Exception {
            Duration untilStopped = stopped;
            CompletableFuture<Reader.Seen> reading = seen;
            if (untilStopped == null || reading == null) {
                throw new StackException(
                        "the job was stopped without a savepoint",
                        "read " + stack.dir().log(Part.JOBMANAGER));
            }
            try {
                return new Redeployed(
                        untilStopped, Duration.ofNanos(reading.get().nanos() - begin), stoodStill);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
    }

    private static class Silent implements Progress {
        @Override
        public void note(String line) {}

        @Override
        public void began(String step) {}

        @Override
        public void done(String step, Duration took, String detail) {}
    }
}
