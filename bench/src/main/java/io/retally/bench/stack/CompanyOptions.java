package io.retally.bench.stack;

import io.retally.devkit.load.generated.GeneratedCompany;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The generated company of a benchmark; mixed into its command. */
public final class CompanyOptions {
    @Option(
            names = "--interactions",
            paramLabel = "N",
            defaultValue = "2000000",
            description = "Of the generated company. Default: ${DEFAULT-VALUE}.")
    private long interactions;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    public long interactions() {
        return interactions;
    }

    public long seed() {
        return seed;
    }

    public GeneratedCompany company() {
        return Company.of(seed, interactions);
    }

    /** Throws ParameterException if there can be no such company. */
    public void check(CommandSpec command) {
        Requirement.require(
                command, interactions >= 1 && interactions <= 1_000_000_000, "--interactions is from 1 to 1000000000");
    }

    /** What gives the same on a command line. */
    public String again() {
        return "--interactions %d --seed %d".formatted(interactions, seed);
    }
}
