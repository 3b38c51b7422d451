package io.retally.jobs.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A job's arguments, all of the form {@code --name value}. All that is wrong with them is told at once. */
public final class Arguments {
    private final Map<String, String> values;
    private final List<String> problems = new ArrayList<>();

    /**
     * Reads the arguments; one that is neither required nor has a default is a problem.
     *
     * @param defaults by name, without the dashes
     */
    public Arguments(Map<String, String> defaults, List<String> required, String... arguments) {
        values = new HashMap<>(defaults);
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (!defaults.containsKey(name) && !required.contains(name)) {
                problems.add("unknown argument " + arguments[i]);
            } else if (i + 1 == arguments.length) {
                problems.add(arguments[i] + " needs a value");
            } else {
                values.put(name, arguments[i + 1]);
            }
        }
        required.stream()
                .filter(name -> !values.containsKey(name))
                .forEach(name -> problems.add("--" + name + " is missing"));
    }

    /** The value; empty if it is missing, which is a problem already. */
    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    /** Notes the problem unless the condition holds. */
    public void require(boolean condition, String problem) {
        if (!condition) {
            problems.add(problem);
        }
    }

    /**
     * Ends the reading.
     *
     * @throws IllegalArgumentException that names all problems, if there are any
     */
    public void throwProblems(String job) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(job + ": " + String.join("; ", problems));
        }
    }
}
