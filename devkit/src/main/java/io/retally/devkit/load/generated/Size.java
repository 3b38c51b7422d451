package io.retally.devkit.load.generated;

import io.retally.devkit.load.WrongUsageException;

/** How large a company is: all of its reps over all accounts, all programs, all interactions ever inserted. */
public record Size(int reps, int programs, long interactions) {
    public Size {
        if (reps < 1 || programs < 1 || interactions < 0) {
            throw new WrongUsageException(
                    "A company has at least 1 rep and 1 program and no less than 0 interactions, not "
                            + reps + " reps, " + programs + " programs, " + interactions
                            + " interactions. Give larger --reps, --programs or --interactions.");
        }
    }
}
