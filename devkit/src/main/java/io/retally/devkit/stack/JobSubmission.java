package io.retally.devkit.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Hands the job to the cluster, to go on from the newest checkpoint if there is one. */
final class JobSubmission {
    private static final String ENTRY_CLASS = "io.retally.jobs.repprogress.RepProgressJob";

    private final StackDir dir;
    private final Home home;

    JobSubmission(StackDir dir, Home home) {
        this.dir = dir;
        this.home = home;
    }

    /** Returns the job's id; the settings of the stack know it from then on. */
    String submit(FlinkRest flink, String kafkaBootstrap, PostgresUrl postgres, StackSettings settings)
            throws IOException {
        Optional<Path> checkpoint = Checkpoints.newest(dir.checkpoints());
        List<String> arguments = List.of(
                "--kafka.bootstrap",
                kafkaBootstrap,
                "--kafka.group",
                "rep-progress",
                "--topic.prefix",
                Topics.PREFIX,
                "--postgres.url",
                postgres.jdbc(),
                "--postgres.user",
                Logins.PUBLISHER);
        int parallelism = Integer.parseInt(FlinkConf.read(home.flinkConf()).required("parallelism.default"));
        String jar = flink.upload(home.jobJar());
        String job = flink.run(jar, ENTRY_CLASS, arguments, parallelism, checkpoint.orElse(null));
        settings.withJob(job).write(dir);
        return job;
    }
}
