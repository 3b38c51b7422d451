package io.retally.bench.scale;

import io.retally.bench.cpu.ProcessCpu;
import io.retally.bench.cpu.ThreadCpu;
import io.retally.devkit.stack.Part;
import io.retally.devkit.stack.StackDir;
import io.retally.devkit.stack.StackDown;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Reads what a stack has used, from one reading to the next without a gap. */
final class Meter {
    private final StackDir dir;
    private final long taskManager;
    private Map<Part, Duration> processes;
    private ThreadCpu threads;

    /** Begins now. */
    Meter(StackDir dir) throws IOException, InterruptedException {
        this.dir = dir;
        this.taskManager =
                new StackDown(dir).processesOf(Part.TASKMANAGER).get(0).pid();
        this.processes = ProcessCpu.now(dir);
        this.threads = ThreadCpu.of(taskManager);
    }

    /** What these changes have taken: all that was used since the reading before. */
    Cost read(long changes) throws IOException, InterruptedException {
        Map<Part, Duration> processesNow = ProcessCpu.now(dir);
        ThreadCpu threadsNow = ThreadCpu.of(taskManager);
        Map<Part, Duration> used = ProcessCpu.between(processes, processesNow);
        Duration compiler = threadsNow.stagesSince(threads).getOrDefault(ThreadCpu.COMPILER, Duration.ZERO);
        used.merge(Part.TASKMANAGER, compiler, Duration::minus);
        processes = processesNow;
        threads = threadsNow;
        return new Cost(changes, used, compiler);
    }
}
