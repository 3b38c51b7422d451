package io.retally.bench.stack;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * One generated company after the other, without end.
 *
 * @param firstSeed of the first company; the others have those that follow
 * @param interactions of each
 * @param skipped so many of the first company's changes are left out
 */
public record Companies(Shape shape, long firstSeed, long interactions, long skipped) {

    /** As the arguments of a process. */
    List<String> arguments() {
        return List.of(shape.name(), Long.toString(firstSeed), Long.toString(interactions), Long.toString(skipped));
    }

    /** @param arguments as {@link #arguments} gives them */
    static Companies parse(List<String> arguments) {
        return new Companies(
                Shape.valueOf(arguments.get(0)),
                Long.parseLong(arguments.get(1)),
                Long.parseLong(arguments.get(2)),
                Long.parseLong(arguments.get(3)));
    }

    /** Each call begins anew. */
    public Iterator<ChangeOfDocument> changes() {
        Iterator<ChangeOfDocument> all = new Iterator<>() {
            private long seed = firstSeed;
            private Iterator<ChangeOfDocument> current = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public ChangeOfDocument next() {
                if (!current.hasNext()) {
                    current = Company.of(shape, seed++, interactions).iterator();
                }
                return current.next();
            }
        };
        for (long change = 0; change < skipped; change++) {
            all.next();
        }
        return all;
    }

    /** The changes until so many interactions are inserted. */
    public Iterator<ChangeOfDocument> changesUntil(long inserted) {
        Iterator<ChangeOfDocument> all = changes();
        return new Iterator<>() {
            private long missing = inserted;

            @Override
            public boolean hasNext() {
                return missing > 0;
            }

            @Override
            public ChangeOfDocument next() {
                ChangeOfDocument change = all.next();
                if (change.collection() == Collection.INTERACTIONS && change.op() == ChangeOfDocument.Op.INSERT) {
                    missing--;
                }
                return change;
            }
        };
    }
}
