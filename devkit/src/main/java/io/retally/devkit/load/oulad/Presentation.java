package io.retally.devkit.load.oulad;

import io.retally.devkit.load.LoadException;
import java.time.LocalDate;
import java.time.Month;

/**
 * A module's presentation, the program. The dataset counts days from its start and does not publish the start; here a
 * B presentation starts on 1 February and a J presentation on 1 October.
 */
record Presentation(String module, String code, int lengthDays) {

    Presentation {
        if (!code.matches("\\d{4}[BJ]")) {
            throw new LoadException(
                    "courses has the presentation " + code + ": not a year and B (February) or J (October). "
                            + "Its start is not known; take it out of the folder.");
        }
    }

    /** Such as GGG-2013J: the program's id. */
    String name() {
        return name(module, code);
    }

    static String name(String module, String code) {
        return module + "-" + code;
    }

    LocalDate start() {
        return LocalDate.of(
                Integer.parseInt(code.substring(0, 4)), code.endsWith("B") ? Month.FEBRUARY : Month.OCTOBER, 1);
    }

    LocalDate date(int day) {
        return start().plusDays(day);
    }

    LocalDate end() {
        return date(lengthDays);
    }
}
