package io.retally.devkit.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Hands the job to the cluster, to go on from the newest checkpoint if there is one. */
final class JobSubmission {
    private static final String ENTRY_CLASS = "io.retally.jobs.repprogress.RepProgressJob";

    private static final String JOB_NAME = "rep-progress";

    private final StackDir dir;
    private final Home home;

    JobSubmission(StackDir dir, Home home) {
        this.dir = dir;
        this.home = home;
    }

    /** Returns the job's id; the settings of the stack know it from then on. */
    String submit(FlinkRest flink, String kafkaBootstrap, PostgresUrl postgres, StackSettings settings)
            throws IOException {
        // An earlier submission whose answer came too late has its job all the same: there is never a second one.
        Optional<String> submitted = flink.unendedJob(JOB_NAME);
        String job = submitted.isPresent() ? submitted.get() : submitNow(flink, kafkaBootstrap, postgres);
        settings.withJob(job).write(dir);
        return job;
    }

    private String submitNow(FlinkRest flink, String kafkaBootstrap, PostgresUrl postgres) throws IOException {
        Optional<Path> checkpoint = Checkpoints.newest(dir.checkpoints());
        List<String> arguments = List.of(
                "--kafka.bootstrap",
                kafkaBootstrap,
                "--kafka.group",
                JOB_NAME,
                "--topic.prefix",
                Topics.PREFIX,
                "--postgres.url",
                postgres.jdbc(),
                "--postgres.user",
                Logins.PUBLISHER);
        int parallelism = Integer.parseInt(FlinkConf.read(home.flinkConf()).required("parallelism.default"));
        String jar = flink.upload(home.jobJar());
        return flink.run(jar, ENTRY_CLASS, arguments, parallelism, checkpoint.orElse(null));
    }
}
