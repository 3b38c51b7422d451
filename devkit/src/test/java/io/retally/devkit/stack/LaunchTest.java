package io.retally.devkit.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchTest {

    /** Flink's own class loader has the jobs' classes, and is asked first. */
    @Test
    void aProcessOfFlinkTakesJobsFromItsOwnClassPathAndHasTimeToDeployThem() {
        Launch launch = new Launch(
                Part.TASKMANAGER,
                List.of("java", "-Xmx1g", "-cp", "lib/*", "Main", "--configDir", "conf"),
                Map.of("NAME", "value"));
        assertThat(launch.ofFlinkWithJobs(List.of(Path.of("a.jar"), Path.of("b.jar"))))
                .isEqualTo(new Launch(
                        Part.TASKMANAGER,
                        List.of(
                                "java",
                                "-Xmx1g",
                                "-cp",
                                "lib/*" + File.pathSeparator + "a.jar" + File.pathSeparator + "b.jar",
                                "Main",
                                "--configDir",
                                "conf",
                                "-D",
                                "classloader.resolve-order=parent-first",
                                "-D",
                                "heartbeat.timeout=50000"),
                        Map.of("NAME", "value")));
    }
}
