package io.retally.devkit.load.changes;

import io.retally.devkit.load.WrongUsageException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How many of which changes: {@code passPercent} null leaves the pass mark. */
public record WantedChanges(
        int contactsRemoved,
        int contactsRestored,
        int contactsMoved,
        int interactionsDeleted,
        int interactionsCorrected,
        int interactionsBackfilled,
        boolean lessonRemoved,
        @Nullable Integer passPercent) {

    public WantedChanges {
        if (contactsRestored > contactsRemoved) {
            throw new WrongUsageException("Only removed contacts are restored: --restored " + contactsRestored
                    + " is more than --contacts-removed " + contactsRemoved + ".");
        }
        if (passPercent != null && (passPercent < 0 || passPercent > 100)) {
            throw new WrongUsageException("--pass-percent is 0 to 100, not " + passPercent + ".");
        }
        if (IntStream.of(
                        contactsRemoved,
                        contactsRestored,
                        contactsMoved,
                        interactionsDeleted,
                        interactionsCorrected,
                        interactionsBackfilled)
                .anyMatch(count -> count < 0)) {
            throw new WrongUsageException("A number of changes is negative. Give 0 or more.");
        }
    }
}
