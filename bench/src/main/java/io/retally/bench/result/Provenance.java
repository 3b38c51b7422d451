package io.retally.bench.result;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How results came about.
 *
 * @param command that does it again
 * @param at when it was over, in whole seconds
 */
public record Provenance(Machine machine, String command, Instant at) {
    public Provenance {
        at = at.truncatedTo(ChronoUnit.SECONDS);
    }

    /** On this machine, at this moment. */
    public static Provenance now(Path project, String command) throws IOException, InterruptedException {
        return new Provenance(Machine.here(project), command, Instant.now());
    }

    /** The beginning of results; fields: benchmark, at, commit, command, machine. */
    public ObjectNode json(String benchmark) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("benchmark", benchmark);
        root.put("at", at.toString());
        root.put("commit", machine.commit());
        root.put("command", command);
        ObjectNode on = root.putObject("machine");
        on.put("processor", machine.processor());
        on.put("cores", machine.cores());
        on.put("memory", machine.memory());
        on.put("system", machine.system());
        on.put("java", machine.java());
        return root;
    }

    /** The end of a page's results, with its line feed. */
    public String line() {
        return "%s. Commit `%s`, %s: `%s`\n".formatted(machine.line(), machine.commit(), at, command);
    }
}
