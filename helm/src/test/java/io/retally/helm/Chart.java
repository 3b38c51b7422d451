package io.retally.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The chart, rendered by Helm and read strictly. As a library Helm hands out no hooks, so what is rendered is a copy of
 * the chart in which hooks are ordinary resources under another annotation, which is then given back its name.
 */
record Chart(List<HasMetadata> resources) {

    static final Path FOLDER = Path.of("retally");

    static final String NAMESPACE = "analytics";

    private static final String HOOK = "helm.sh/hook";
    private static final String SHOWN = "shown/hook";
    private static final Path COPY = copy();

    /** Renders with the default values but for these. */
    static Chart with(Map<String, Object> values) throws IOException {
        return read(render("retally", values));
    }

    /** Renders with the default values but for those of a file. */
    static Chart of(Path values) throws IOException {
        return read(resources(template("retally").withValuesFile(values)));
    }

    private static Chart read(List<JsonNode> rendered) throws IOException {
        List<HasMetadata> resources = new ArrayList<>();
        for (JsonNode resource : rendered) {
            resources.add(Strict.read(resource));
        }
        return new Chart(resources);
    }

    /** The resources of a release, for a Kubernetes of these days, as no cluster is asked. */
    static List<JsonNode> render(String release, Map<String, Object> values) throws IOException {
        TemplateCommand template = template(release);
        values.forEach(template::set);
        return resources(template);
    }

    private static TemplateCommand template(String release) {
        return new Helm(COPY)
                .template()
                .withName(release)
                .withNamespace(NAMESPACE)
                .withKubeVersion("1.31.0");
    }

    private static List<JsonNode> resources(TemplateCommand template) throws IOException {
        List<JsonNode> resources = Strict.YAML
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(template.call().replace(SHOWN, HOOK))
                .readAll();
        return resources.stream().filter(resource -> !resource.isNull()).toList();
    }

    private static Path copy() {
        try (Stream<Path> files = Files.walk(FOLDER, FileVisitOption.FOLLOW_LINKS)) {
            Path target = Files.createTempDirectory(Path.of("target"), "chart");
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = target.resolve(FOLDER.relativize(file));
                Files.createDirectories(to.getParent());
                Files.writeString(to, Files.readString(file).replace(HOOK, SHOWN));
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return resources.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends HasMetadata> T only(Class<T> type) {
        List<T> all = all(type);
        if (all.size() != 1) {
            throw new AssertionError("%d of %s, not one".formatted(all.size(), type.getSimpleName()));
        }
        return all.get(0);
    }
}
