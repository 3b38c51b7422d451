package io.retally.bench.scale;

import static io.retally.bench.result.Numbers.rounded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retally.bench.cpu.ProcessCpu;
import io.retally.bench.result.Provenance;
import io.retally.bench.result.Result;
import io.retally.bench.scale.Curve.Point;
import io.retally.devkit.stack.Part;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What benchmark `scale` has found.
 *
 * @param sliceInteractions inserted from one measurement to the next
 * @param curves those that were measured
 */
record ScaleReport(Provenance provenance, int reps, int sliceInteractions, Map<Growth, Curve> curves)
        implements Result {
    static final String BENCHMARK = "scale";

    @Override
    public String benchmark() {
        return BENCHMARK;
    }

    /**
     * Fields: those of all results, reps, slice_interactions, and of each curve by its name: ratio (the last point's cost divided
     * by the first's), highest_ratio, points.
     */
    @Override
    public ObjectNode json() {
        ObjectNode root = provenance.json(BENCHMARK);
        root.put("reps", reps);
        root.put("slice_interactions", sliceInteractions);
        curves.forEach((growth, curve) -> {
            ObjectNode node = root.putObject(growth.label());
            node.put("ratio", rounded(curve.ratio(), 3));
            node.put("highest_ratio", rounded(curve.highestRatio(), 3));
            ArrayNode points = node.putArray("points");
            for (Point point : curve.points()) {
                ObjectNode each = points.addObject();
                each.put(growth.sizeField(), point.size());
                each.put("changes", point.cost().changes());
                ObjectNode cpu = each.putObject("cpu_micros_per_change");
                cpu.put("all", rounded(point.cost().micros(), 2));
                for (Part part : ProcessCpu.PARTS) {
                    cpu.put(part.label(), rounded(point.cost().micros(part), 2));
                }
                each.put(
                        "just_in_time_compiler_micros_per_change",
                        rounded(point.cost().compilerMicros(), 2));
            }
        });
        return root;
    }

    @Override
    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%,d reps; from one measurement to the next %,d interactions are inserted. CPU µs a change.\n\n",
                reps,
                sliceInteractions));
        curves.forEach((growth, curve) -> append(text, growth, curve));
        return text.append(provenance.line()).toString();
    }

    private static void append(StringBuilder text, Growth growth, Curve curve) {
        text.append(String.format(Locale.ROOT, """
                        ![%s](%s)

                        | %s | all | task manager | PostgreSQL | Kafka | job manager | beside these: just-in-time compiler |
                        |---:|---:|---:|---:|---:|---:|---:|
                        """, growth.title(), growth.picture(), growth.sizeName()));
        for (Point point : curve.shown()) {
            text.append(String.format(
                    Locale.ROOT, "| %,d | %.1f |", point.size(), point.cost().micros()));
            for (Part part : List.of(Part.TASKMANAGER, Part.POSTGRES, Part.KAFKA, Part.JOBMANAGER)) {
                text.append(String.format(Locale.ROOT, " %.1f |", point.cost().micros(part)));
            }
            text.append(String.format(Locale.ROOT, " %.1f |\n", point.cost().compilerMicros()));
        }
        text.append(String.format(
                Locale.ROOT,
                "\nThe last divided by the first: %.2f. The highest of all %d measurements: %.2f.\n\n",
                curve.ratio(),
                curve.points().size(),
                curve.highestRatio()));
    }

    @Override
    public Map<String, byte[]> pictures() throws IOException {
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        for (Map.Entry<Growth, Curve> each : curves.entrySet()) {
            pictures.put(each.getKey().picture(), Picture.png(each.getKey(), each.getValue()));
        }
        return pictures;
    }
}
