package io.retally.devkit.load;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument.Op;
import io.retally.devkit.load.destination.Target;
import java.io.PrintWriter;
import java.util.Iterator;

/** One run of a load: takes changes from where they are made to where they are written, and shows how far it is. */
public final class Load {

    private final Target target;
    private final RateLimit limit;
    private final PrintWriter out;

    public Load(Target target, RateLimit limit, PrintWriter out) {
        this.target = target;
        this.limit = limit;
        this.out = out;
    }

    /**
     * Writes all changes and returns when they are written.
     *
     * @param what a few words for the progress bar
     * @param interactions how many interactions are going to be inserted
     */
    public LoadSummary run(String what, Iterator<ChangeOfDocument> changes, long interactions) {
        LoadSummary.Counts counts = new LoadSummary.Counts();
        long start = System.nanoTime();
        try (Progress progress = Progress.of(what, interactions, out)) {
            while (changes.hasNext()) {
                ChangeOfDocument change = changes.next();
                if (change.collection() == Collection.INTERACTIONS && change.op() == Op.INSERT) {
                    limit.await();
                    progress.step();
                }
                target.accept(change);
                counts.count(change);
            }
            target.flush();
        }
        return counts.summary(System.nanoTime() - start, target.alreadyThere());
    }
}
