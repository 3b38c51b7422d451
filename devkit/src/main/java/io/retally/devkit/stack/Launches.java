package io.retally.devkit.stack;

import io.retally.devkit.connect.ConnectSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The command line of each part. */
final class Launches {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String TASK_MANAGER = "taskmanager-1";
    private static final String SLOTS = "taskmanager.numberOfTaskSlots=";

    private final StackDir dir;
    private final Home home;

    Launches(StackDir dir, Home home) {
        this.dir = dir;
        this.home = home;
    }

    Launch postgres(int port, StackSettings settings) {
        Launch launch = home.devkit(
                Part.POSTGRES,
                List.of("-XX:+UseSerialGC", "-Xmx256m"), // unpacking the binaries takes most of it
                PostgresHost.class.getName(),
                List.of(dir.data(Part.POSTGRES).toString(), Integer.toString(port)));
        return new Launch(
                launch.part(),
                launch.command(),
                Map.of(
                        PostgresHost.SUPERUSER_PASSWORD, settings.superuserPassword(),
                        PostgresHost.OWNER_PASSWORD, settings.ownerPassword()));
    }

    Launch kafka(int port, int advertisedPort, int controllerPort) {
        Path log = dir.data(Part.KAFKA).resolve("log");
        Path settings = dir.data(Part.KAFKA).resolve("server.properties");
        StackDir.writePrivately(settings, """
                # Written by `./retally up`.
                process.roles=broker,controller
                node.id=1
                listeners=BROKER://%1$s:%2$d,CONTROLLER://%1$s:%3$d
                advertised.listeners=BROKER://%1$s:%5$d
                controller.quorum.voters=1@%1$s:%3$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=BROKER
                listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%4$s
                # One broker: what is replicated thrice elsewhere has one copy here.
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                offsets.topic.num.partitions=4
                transaction.state.log.num.partitions=4
                group.initial.rebalance.delay.ms=0
                # A broker that was killed may register again only when its former self is given up: after nine seconds by default.
                broker.heartbeat.interval.ms=500
                broker.session.timeout.ms=2500
                # A misspelt topic is an error, not a new one.
                auto.create.topics.enable=false
                # The logs are the truth that the tables are compared with: they are kept.
                log.retention.ms=-1
                log.retention.bytes=-1
                # A document has up to 16 MiB in MongoDB, and more as JSON.
                message.max.bytes=33554432
                replica.fetch.max.bytes=33554432
                """.formatted(
                        LOOPBACK, port, controllerPort, log.toString().replace("\\", "\\\\"), advertisedPort));
        return home.devkit(
                Part.KAFKA,
                List.of("-XX:+UseG1GC", "-Xmx512m", "-XX:+ExitOnOutOfMemoryError"),
                KafkaHost.class.getName(),
                List.of(settings.toString(), log.toString()));
    }

    Launch mongodb(int port) {
        return home.devkit(
                Part.MONGODB,
                List.of("-XX:+UseG1GC", "-Xmx3g"),
                "io.retally.devkit.mongo.MongoDevServer",
                List.of("--port", Integer.toString(port)));
    }

    Launch connect(String kafkaBootstrap, int port, String mongodbUri) {
        Path settings = dir.data(Part.CONNECT).resolve("worker.properties");
        try {
            Files.createDirectories(settings.getParent());
            new ConnectSettings(kafkaBootstrap, port).writeTo(settings);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + settings, e);
        }
        Launch launch = home.devkit(
                Part.CONNECT,
                List.of("-XX:+UseG1GC", "-Xmx1g", "-XX:+ExitOnOutOfMemoryError"),
                ConnectSettings.MAIN_CLASS,
                List.of(settings.toString()));
        return new Launch(launch.part(), launch.command(), Map.of(ConnectSettings.MONGODB_URI, mongodbUri));
    }

    Launch jobManager(FlinkConf conf, int restPort, int rpcPort, @Nullable Duration epoch) {
        List<String> flags = new ArrayList<>(conf.jobManagerFlags());
        flags.add("-XX:+UseSerialGC");
        return flink(
                Part.JOBMANAGER,
                conf,
                flags,
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                clusterSettings(restPort, rpcPort, epoch));
    }

    /** A task manager of at least so many slots, which share its memory. */
    Launch taskManager(FlinkConf conf, int restPort, int rpcPort, @Nullable Duration epoch, int slots) {
        List<String> flags = new ArrayList<>(conf.taskManagerFlags());
        flags.add("-XX:+UseG1GC");
        List<String> settings = new ArrayList<>(clusterSettings(restPort, rpcPort, epoch));
        // The same name after a restart: the job manager lets go of the dead one at once, and its local state is found.
        settings.add("taskmanager.resource-id=" + TASK_MANAGER);
        settings.add(SLOTS + slotsFor(conf, slots));
        return flink(
                Part.TASKMANAGER, conf, flags, "org.apache.flink.runtime.taskexecutor.TaskManagerRunner", settings);
    }

    /** Writes down that the task manager has another number of slots when it is started again; false if it has them. */
    boolean changeSlots(FlinkConf conf, int slots) throws IOException {
        Launch launch = Launch.load(dir, Part.TASKMANAGER);
        List<String> command = launch.command().stream()
                .map(argument -> argument.startsWith(SLOTS) ? SLOTS + slotsFor(conf, slots) : argument)
                .toList();
        if (command.equals(launch.command())) {
            return false;
        }
        new Launch(launch.part(), command, launch.environment()).save(dir);
        // For local recovery a task manager takes up the slots that it had, in the size of then. Beside a larger one
        // there is no room for all that it is to offer now. (Flink's FileSlotAllocationSnapshotPersistenceService)
        StackDir.removeTree(taskManagerWork().resolve("slotAllocationSnapshots"));
        return true;
    }

    private Path taskManagerWork() {
        return work().resolve("tm_" + TASK_MANAGER);
    }

    private Path work() {
        return dir.flink().resolve("work");
    }

    /** As many slots as Flink's configuration says, or more if the job needs more. */
    static int slotsFor(FlinkConf conf, int parallelism) {
        return Math.max(parallelism, Integer.parseInt(conf.required("taskmanager.numberOfTaskSlots")));
    }

    Launch keeper() {
        return home.devkit(
                Part.KEEPER,
                List.of("-XX:+UseSerialGC", "-Xmx32m", "-XX:TieredStopAtLevel=1"),
                Keeper.class.getName(),
                List.of(dir.root().toString()));
    }

    private List<String> clusterSettings(int restPort, int rpcPort, @Nullable Duration epoch) {
        List<String> settings = new ArrayList<>(List.of(
                "rest.port=" + restPort,
                "jobmanager.rpc.port=" + rpcPort,
                "execution.checkpointing.dir=file://" + dir.checkpoints(),
                "execution.checkpointing.savepoint-dir=file://" + dir.savepoints(),
                "io.tmp.dirs=" + dir.flink().resolve("tmp"),
                "web.upload.dir=" + dir.flink().resolve("upload"),
                "process.working-dir=" + work(),
                // Among the parts' logs, where Flink would put them, those of killed processes pile up. This folder it
                // empties whenever the task manager starts.
                "state.backend.rocksdb.log.dir=" + taskManagerWork().resolve("tmp")));
        if (epoch != null) {
            settings.add("execution.checkpointing.interval=" + epoch.toMillis() + " ms");
        }
        return settings;
    }

    private Launch flink(Part part, FlinkConf conf, List<String> sizes, String main, List<String> settings) {
        List<String> flags = new ArrayList<>(sizes);
        flags.addAll(conf.commonFlags());
        flags.add("-Dlog4j.configurationFile="
                + conf.folder().resolve("log4j2.properties").toUri());
        // What the web UI shows as the log.
        flags.add("-Dlog.file=" + dir.log(part));
        // Where the PostgreSQL driver finds the publisher's password: never in arguments or the job graph.
        flags.add("-Dorg.postgresql.pgpassfile=" + dir.pgpass());
        List<String> arguments =
                new ArrayList<>(List.of("--configDir", conf.folder().toString()));
        settings.forEach(setting -> arguments.addAll(List.of("-D", setting)));
        return home.flink(part, flags, main, arguments);
    }
}
