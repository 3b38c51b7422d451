package io.retally.devkit.load;

import io.retally.devkit.load.destination.KafkaTarget;
import io.retally.devkit.load.destination.MongoTarget;
import io.retally.devkit.load.destination.NowhereTarget;
import io.retally.devkit.load.destination.Target;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which stack a load is for. */
final class StackOptions {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".retally",
            description = "Folder of the running stack, as given to 'up' (default: ${DEFAULT-VALUE}).")
    private Path dir = Path.of(".retally");

    @Option(
            names = "--topic-prefix",
            paramLabel = "NAME",
            defaultValue = "retally",
            description = "First part of the topics' names (default: ${DEFAULT-VALUE}).")
    private String topicPrefix = "retally";

    Endpoints endpoints() {
        return Endpoints.of(dir);
    }

    String kafka() {
        return endpoints().get(Endpoints.KAFKA);
    }

    String mongodb() {
        return endpoints().get(Endpoints.MONGODB);
    }

    String topicPrefix() {
        return topicPrefix;
    }

    /** What the option says, else MongoDB if the stack has one, else Kafka. */
    Through through(@Nullable Through option) {
        if (option != null) {
            return option;
        }
        return endpoints().has(Endpoints.MONGODB) ? Through.MONGODB : Through.KAFKA;
    }

    Target target(Through through) {
        return switch (through) {
            case MONGODB -> new MongoTarget(mongodb());
            case KAFKA -> new KafkaTarget(kafka(), topicPrefix, KafkaTarget.LIVE);
            case NOWHERE -> new NowhereTarget();
        };
    }
}
