package io.retally.devkit.stack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Hands the job to the cluster, to go on from the newest checkpoint or savepoint if there is one. */
final class JobSubmission {
    private static final String ENTRY_CLASS = "io.retally.jobs.repprogress.RepProgressJob";

    static final String JOB_NAME = "rep-progress";

    private final StackDir dir;
    private final Home home;
    private final JobBuilds builds;

    JobSubmission(StackDir dir, Home home) {
        this.dir = dir;
        this.home = home;
        this.builds = new JobBuilds(dir);
    }

    /**
     * Submits the build and the parallelism that the settings name. To be called under the {@link JobLock}, unless nobody
     * else can be at work yet.
     *
     * @return the settings with the job's id, as they are written now
     */
    StackSettings submit(FlinkRest flink, String kafkaBootstrap, PostgresUrl postgres, StackSettings settings)
            throws IOException {
        StackSettings now = settings;
        if (now.job().build() == null) {
            now = now.withJob(now.job().withBuild(builds.keep(home.jobJar())));
            // Written before the job is submitted: whoever finds a job that nobody noted knows which build it is.
            now.write(dir);
        }
        // An earlier submission whose answer came too late has its job all the same: there is never a second one.
        Optional<String> submitted = flink.unendedJob(JOB_NAME);
        String job = submitted.isPresent() ? submitted.get() : submitNow(flink, kafkaBootstrap, postgres, now.job());
        now = now.withJob(now.job().submitted(job));
        now.write(dir);
        return now;
    }

    private String submitNow(FlinkRest flink, String kafkaBootstrap, PostgresUrl postgres, JobRecord job)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--kafka.bootstrap",
                kafkaBootstrap,
                "--kafka.group",
                JOB_NAME,
                "--topic.prefix",
                Topics.PREFIX,
                "--postgres.url",
                postgres.jdbc(),
                "--postgres.user",
                Logins.PUBLISHER));
        if (job.rebuilding()) {
            arguments.addAll(List.of("--take-over", "caught-up"));
        }
        String jar = flink.upload(builds.path(Objects.requireNonNull(job.build())));
        return flink.run(
                jar,
                ENTRY_CLASS,
                arguments,
                parallelism(job),
                Snapshot.newest(dir).orElse(null));
    }

    int parallelism(JobRecord job) {
        Integer chosen = job.parallelism();
        return chosen != null
                ? chosen
                : Integer.parseInt(FlinkConf.read(home.flinkConf()).required("parallelism.default"));
    }
}
