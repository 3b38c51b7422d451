package io.retally.devkit.load;

import io.retally.devkit.load.destination.KafkaTarget;
import io.retally.devkit.load.destination.MongoTarget;
import io.retally.devkit.load.destination.NowhereTarget;
import io.retally.devkit.load.destination.Target;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.StackDir;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which stack a load is for. */
final class StackOptions {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "The stack's folder; .retally in the project's folder if not given.")
    private @Nullable Path dir;

    @Option(
            names = "--topic-prefix",
            paramLabel = "NAME",
            defaultValue = "retally",
            description = "First part of the topics' names (default: ${DEFAULT-VALUE}).")
    private String topicPrefix = "retally";

    private StackDir stack() {
        Path given = dir;
        return new StackDir(given != null ? given : Path.of(System.getProperty("retally.home", "."), ".retally"));
    }

    String kafka() {
        return Endpoints.of(stack()).kafkaBootstrap();
    }

    String mongodb() {
        String uri = Endpoints.of(stack()).mongodbUri();
        if (uri == null) {
            throw new LoadException("The stack in " + stack().root() + " runs without MongoDB. Use --through kafka, "
                    + "or start the stack with '--capture mongodb'.");
        }
        return uri;
    }

    String topicPrefix() {
        return topicPrefix;
    }

    /** What the option says, else MongoDB if the stack has one, else Kafka. */
    Through through(@Nullable Through option) {
        if (option != null) {
            return option;
        }
        return Endpoints.of(stack()).mongodbUri() == null ? Through.KAFKA : Through.MONGODB;
    }

    Target target(Through through) {
        return switch (through) {
            case MONGODB -> new MongoTarget(mongodb());
            case KAFKA -> new KafkaTarget(kafka(), topicPrefix, KafkaTarget.LIVE);
            case NOWHERE -> new NowhereTarget();
        };
    }
}
