package io.retally.bench.scale;

import io.retally.bench.stack.BenchStack;
import io.retally.bench.stack.Loading;
import io.retally.devkit.load.destination.RawMessages;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.JobRuns;

/** The job from empty logs, state and tables on: it gets one slice after the other. */
final class Course implements AutoCloseable {
    private final Endpoints endpoints;
    private final JobRuns jobs;
    private final String job;
    private final RawMessages kafka;
    private final Meter meter;

    /** Begins; no other job may be running. */
    Course(BenchStack stack, JobRuns jobs) throws Exception {
        this.endpoints = stack.endpoints();
        this.jobs = jobs;
        jobs.emptyLogs();
        this.job = jobs.submitRepProgress();
        this.kafka = new RawMessages(endpoints.kafkaBootstrap());
        this.meter = new Meter(stack.dir());
    }

    /**
     * Writes a slice, and waits until it is published. All that the stack has used since the slice before was published is its
     * cost: so what RocksDB and PostgreSQL do afterwards is somebody's.
     */
    Cost publish(Slice slice) throws Exception {
        slice.messages().forEach(message -> kafka.send(message.topic(), message.key(), message.value()));
        kafka.flush();
        Loading.awaitPublished(endpoints);
        jobs.requireWell(job);
        return meter.read(slice.changes());
    }

    /** Throws unless every table is equal to what the contract makes of all slices. Nothing is measured after that. */
    void requireTrue() throws Exception {
        Loading.requireTrue(endpoints);
    }

    /** Ends the job. */
    void end() throws Exception {
        jobs.requireWell(job);
        jobs.cancel(job);
    }

    @Override
    public void close() {
        kafka.close();
    }
}
