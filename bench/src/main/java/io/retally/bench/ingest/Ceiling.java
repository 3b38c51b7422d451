package io.retally.bench.ingest;

import io.retally.bench.ceiling.CeilingJob;
import io.retally.bench.ceiling.CeilingJob.Step;
import io.retally.bench.cpu.ProcessCpu;
import io.retally.devkit.stack.JobRuns;
import io.retally.devkit.stack.Part;
import io.retally.devkit.stack.StackException;
import io.retally.devkit.stack.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A job that does only a part of the work. */
record Ceiling(Arena arena, Step step) implements Contender {
    private static final Duration PATIENCE = Duration.ofHours(1);

    @Override
    public String name() {
        return switch (step) {
            case SOURCE -> "ceiling_source";
            case DECODE -> "ceiling_source_decode";
            case STATE -> "ceiling_source_decode_state";
        };
    }

    @Override
    public String description() {
        return switch (step) {
            case SOURCE -> "ceiling: Kafka source alone";
            case DECODE -> "ceiling: source and decode";
            case STATE -> "ceiling: source, decode, one RocksDB get and put a change";
        };
    }

    @Override
    public Run run() throws IOException, InterruptedException {
        JobRuns jobs = arena.jobs();
        Map<Part, Duration> begin = ProcessCpu.now(arena.dir());
        String job = jobs.submit(
                arena.jar(),
                CeilingJob.class.getName(),
                List.of(arena.endpoints().kafkaBootstrap(), Topics.PREFIX, step.name()));
        JobRuns.Times times = jobs.awaitFinished(job, PATIENCE);
        Map<Part, Duration> cpu = ProcessCpu.between(begin, ProcessCpu.now(arena.dir()));
        require(job, CeilingJob.MESSAGES, arena.logs().messages());
        if (step != Step.SOURCE) {
            require(job, CeilingJob.CHANGES, arena.logs().changes());
        }
        if (step == Step.STATE) {
            require(job, CeilingJob.REMEMBERED, arena.logs().changes());
        }
        return new Run(Duration.between(times.running(), times.end()), cpu, Map.of());
    }

    private void require(String job, String accumulator, long expected) throws IOException {
        long counted = arena.jobs().counted(job, accumulator);
        if (counted != expected) {
            throw new StackException(
                    "%s counted %,d %s, where the logs hold %,d".formatted(name(), counted, accumulator, expected),
                    "report this as a bug");
        }
    }
}
