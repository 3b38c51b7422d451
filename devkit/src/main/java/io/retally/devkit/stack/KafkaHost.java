package io.retally.devkit.stack;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** The part `kafka`: formats the log folder if it is new, then is the broker. Arguments: the settings, the log folder. */
public final class KafkaHost {
    private KafkaHost() {}

    public static void main(String[] arguments) {
        String settings = arguments[0];
        if (!Files.exists(Path.of(arguments[1], "meta.properties"))) {
            String[] format = {"format", "-t", Uuid.randomUuid().toString(), "-c", settings};
            int status = StorageTool.execute(format, new PrintStream(System.out, true));
            if (status != 0) {
                System.exit(status);
            }
        }
        Kafka.main(new String[] {settings});
    }
}
