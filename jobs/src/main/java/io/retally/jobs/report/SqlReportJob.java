package io.retally.jobs.report;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Job {@code sql-report}: a report in Flink SQL over the current documents; each report is a job of its own. Also says of
 * files of reports what they are, what is wrong with them, and how they would be run: {@code ./retally sql} starts it.
 *
 * <p>Lines for the user begin with {@value #SAID}, those that say what is wrong with {@value #WRONG}.
 */
public final class SqlReportJob {

    static final String SAID = "sql-report: ";
    static final String WRONG = "sql-report! ";

    private static final Pattern OF_JOBS =
            Pattern.compile("(execution|state|pipeline|restart-strategy|jobmanager\\.execution|parallelism)\\..+");

    private SqlReportJob() {}

    public static void main(String[] arguments) throws Exception {
        run(SqlReportConfig.parse(arguments), System.out);
    }

    private static void run(SqlReportConfig config, PrintStream out) throws Exception {
        try {
            if (config.command() == SqlReportConfig.Command.LIST) {
                for (Path file : config.files()) {
                    list(ReportFile.read(file), out);
                }
                return;
            }
            ReportFile catalog = ReportFile.read(config.catalog());
            String reader = config.reader();
            if (reader != null) {
                ShellScript.of(catalog, config.variables(), reader).lines().forEach(line -> out.println(SAID + line));
                return;
            }
            for (Path file : config.files()) {
                ReportFile report = ReportFile.read(file);
                ReportPlanner.Plan plan =
                        new ReportPlanner(environment(config)).plan(catalog, report, config.variables());
                switch (config.command()) {
                    case EXPLAIN -> plan.explained().lines().forEach(line -> out.println(SAID + line));
                    case RUN -> {
                        JobClient job = plan.run();
                        out.println(SAID + report.name() + " runs as job " + job.getJobID() + "; its rows will be in "
                                + plan.target().place() + ".");
                        if (config.conf() != null) {
                            job.getJobExecutionResult().get(); // this JVM's Flink lives as long as main
                        }
                    }
                    default -> out.println(SAID + report.name() + " can be run");
                }
            }
        } catch (ReportException e) {
            e.problems().forEach(problem -> out.println(WRONG + problem));
            throw e;
        }
    }

    private static void list(ReportFile report, PrintStream out) {
        out.println(SAID + report.name() + ": " + report.question());
        for (Parameter parameter : report.parameters()) {
            out.println(SAID + "  --var " + parameter.name() + "=" + parameter.defaultValue() + "  " + parameter.type()
                    + ", " + parameter.description());
        }
    }

    private static StreamExecutionEnvironment environment(SqlReportConfig config) {
        Path conf = config.conf();
        Path checkpoints = config.checkpoints();
        if (conf == null || checkpoints == null) {
            return StreamExecutionEnvironment.getExecutionEnvironment();
        }
        Map<String, String> ofJobs =
                GlobalConfiguration.loadConfiguration(conf.toString()).toMap();
        ofJobs.keySet().removeIf(key -> !OF_JOBS.matcher(key).matches());
        Configuration settings = Configuration.fromMap(ofJobs);
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION);
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
        return StreamExecutionEnvironment.createLocalEnvironment(settings);
    }
}
