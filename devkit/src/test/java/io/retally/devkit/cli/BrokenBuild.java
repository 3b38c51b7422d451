package io.retally.devkit.cli;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project, but something is missing in its build of the jobs: what is upgraded to it does not go on. */
final class BrokenBuild {
    private BrokenBuild() {}

    /**
     * Makes one.
     *
     * @param missing path of a class file in the jar
     * @param home the folder to make it in
     * @return home
     */
    static Path without(String missing, Path home) throws IOException {
        Files.createDirectories(home);
        for (String same : List.of("devkit", "flink-conf")) {
            Files.createSymbolicLink(home.resolve(same), TestingStack.home().resolve(same));
        }
        Path target = Files.createDirectories(home.resolve("jobs/target"));
        Path jar;
        try (Stream<Path> jars = Files.list(TestingStack.home().resolve("jobs/target"))) {
            jar = jars.filter(file -> file.getFileName().toString().matches("retally-jobs-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
        Path broken = Files.copy(jar, target.resolve(jar.getFileName()));
        try (FileSystem zip = FileSystems.newFileSystem(broken)) {
            Files.delete(zip.getPath(missing));
        }
        return home;
    }
}
