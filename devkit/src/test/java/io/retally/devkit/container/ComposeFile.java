package io.retally.devkit.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code container/compose.yaml}, with its anchors and merges resolved as an engine does. */
record ComposeFile(JsonNode tree) {
    static final Path PATH = Path.of("../container/compose.yaml");

    static ComposeFile read() throws IOException {
        Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(PATH));
        return new ComposeFile(new ObjectMapper().valueToTree(tree));
    }

    Map<String, JsonNode> services() {
        Map<String, JsonNode> services = new TreeMap<>();
        tree.path("services").properties().forEach(entry -> services.put(entry.getKey(), entry.getValue()));
        return services;
    }

    JsonNode service(String name) {
        return tree.path("services").required(name);
    }

    String image(String service) {
        return service(service).required("image").asText();
    }

    List<String> command(String service) {
        return texts(service(service).required("command"));
    }

    /** What the image's start script puts on top of Flink's configuration, by key. */
    Map<String, String> flinkProperties(String service) {
        Map<String, String> properties = new TreeMap<>();
        service(service).at("/environment/FLINK_PROPERTIES").asText().lines().forEach(line -> {
            String[] pair = line.split(": ", 2);
            properties.put(pair[0], pair[1]);
        });
        return properties;
    }

    static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
