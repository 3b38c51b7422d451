package io.retally.devkit.stack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The project's folder, where the built jars and the configuration are. The script names it. */
public record Home(Path root) {

    public static Home find() {
        String home = System.getProperty("retally.home");
        if (home == null) {
            throw new StackException("the project's folder is not known", "run the script ./retally of the project");
        }
        return new Home(Path.of(home).toAbsolutePath().normalize());
    }

    Path flinkConf() {
        return root.resolve("flink-conf").resolve("embedded");
    }

    public Path connector() {
        return root.resolve("devkit").resolve("connector").resolve("mongodb-source.json");
    }

    Path jobJar() {
        Path target = root.resolve("jobs").resolve("target");
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                var jar = files.filter(
                                file -> file.getFileName().toString().matches("retally-jobs-[^-]*(-SNAPSHOT)?\\.jar"))
                        .findFirst();
                if (jar.isPresent()) {
                    return jar.get();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new StackException("the job's jar is not in " + target, "build the project: mvn -DskipTests package");
    }

    /** A JVM on the devkit's classpath, which is this process's. */
    Launch devkit(Part part, List<String> flags, String main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(flags);
        command.add("-Dlog4j2.configurationFile=" + logging(part));
        command.add("-Dretally.home=" + root);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main);
        command.addAll(arguments);
        return new Launch(part, command, java.util.Map.of());
    }

    /** Capture brings its own, which production uses, too. */
    private String logging(Part part) {
        return part == Part.MONGODB || part == Part.CONNECT
                ? connector().resolveSibling("log4j2.xml").toUri().toString()
                : "log4j2-part.properties";
    }

    /** A JVM of the Flink cluster. */
    Launch flink(Part part, List<String> flags, String main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(flags);
        command.add("-cp");
        command.add(root.resolve("devkit/flink/target/lib") + File.separator + "*");
        command.add(main);
        command.addAll(arguments);
        return new Launch(part, command, java.util.Map.of());
    }

    /** A JVM of its own for a job, on the classpath of the Flink cluster and with the jobs' jar. */
    List<String> job(List<String> flags, String main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(flags);
        command.add("-cp");
        command.add(jobJar() + File.pathSeparator + root.resolve("devkit/flink/target/lib") + File.separator + "*");
        command.add(main);
        command.addAll(arguments);
        return command;
    }

    /** A JVM of Flink's SQL client, with the jobs' jar and the cluster's classes. */
    public List<String> sqlClient(List<String> flags, String main, List<String> arguments) {
        FlinkConf conf = FlinkConf.read(flinkConf());
        List<String> all = new ArrayList<>(conf.commonFlags());
        all.addAll(List.of(
                "-Xmx1g",
                "-XX:+UseG1GC",
                "-Dlog4j.configurationFile="
                        + root.resolve("devkit/sql-client/log4j2.properties").toUri()));
        all.addAll(flags);
        List<String> command = job(all, main, arguments);
        int classPath = command.indexOf("-cp") + 1;
        command.set(
                classPath,
                root.resolve("devkit/sql-client/target/lib") + File.separator + "*" + File.pathSeparator
                        + command.get(classPath));
        return command;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
