package io.retally.bench.probe;

import io.retally.bench.probe.Subject.Step;
import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** What probes are about. */
public final class Subjects {
    /** As a rep of the generated company. */
    private static final int USUAL_INTERACTIONS = 500;

    private static final int COLLEAGUES_INTERACTIONS = 100;
    private static final int REPS_A_TEAM = 12;
    private static final int LESSONS_WITH_ONE_RIGHT = 4;
    private static final int OTHER_LESSONS = 4;

    private Subjects() {}

    /** What subjects begin with, then other changes: the content of the logs before the first probe. */
    public static Iterator<ChangeOfDocument> followedBy(List<Subject> subjects, Iterable<ChangeOfDocument> others) {
        return Stream.concat(
                        subjects.stream().flatMap(subject -> subject.beginning().stream()),
                        StreamSupport.stream(others.spliterator(), false))
                .iterator();
    }

    /**
     * A rep answers the last question of the program, wrongly; that is corrected, and the rep has passed; then the answer is
     * deleted. Kinds: insert, update, delete.
     */
    public static Subject learner() {
        Cast cast = withTwoReps("learner", 1, USUAL_INTERACTIONS);
        cast.completeWithoutSecondAnswer(1, Cast.LESSONS);
        return new Subject(
                "learner",
                cast::changes,
                List.of(
                        new Step(
                                Kind.INSERT,
                                round -> ChangeOfDocument.insert(
                                        Collection.INTERACTIONS, cast.lastAnswer(answerId(cast, round), 1, false))),
                        new Step(
                                Kind.UPDATE,
                                round -> ChangeOfDocument.replace(
                                        Collection.INTERACTIONS, cast.lastAnswer(answerId(cast, round), 1, true))),
                        new Step(
                                Kind.DELETE,
                                round -> ChangeOfDocument.delete(Collection.INTERACTIONS, answerId(cast, round)))));
    }

    private static BsonString answerId(Cast cast, int round) {
        return cast.id("answer-" + round);
    }

    /** A rep of 500 interactions is moved to another team, and back. */
    public static Subject mover() {
        Cast cast = withTwoReps("mover", 2, USUAL_INTERACTIONS);
        return new Subject(
                "mover",
                cast::changes,
                List.of(
                        replaced(Kind.TEAM_MOVE, Collection.CONTACTS, cast.contact(1, 2)),
                        replaced(Kind.TEAM_MOVE, Collection.CONTACTS, cast.contact(1, 1))));
    }

    /** A rep is removed, by deletion of the contact alone, and restored. */
    public static Subject veteran(int interactions) {
        BsonDocument contact = withTwoReps("veteran", 1, 0).contact(1, 1);
        ChangeOfDocument restored = ChangeOfDocument.insert(Collection.CONTACTS, contact);
        return new Subject(
                "veteran",
                () -> withTwoReps("veteran", 1, interactions).changes(),
                List.of(
                        new Step(Kind.REMOVAL, round -> ChangeOfDocument.delete(Collection.CONTACTS, restored.id())),
                        new Step(Kind.RESTORATION, round -> restored)));
    }

    /** The second rep is somebody else in the same totals, which so are never empty. */
    private static Cast withTwoReps(String name, int teams, int interactions) {
        Cast cast = new Cast(name, teams, 100);
        cast.hire(1, 1);
        cast.study(1, interactions);
        cast.hire(2, 1);
        cast.study(2, COLLEAGUES_INTERACTIONS);
        return cast;
    }

    /**
     * The pass mark of a program goes from 50 to 100 and back. Each rep, twelve a team, has completed eight lessons, half of
     * them with one of two answers right: these are passed or not by the edit, and with them the program.
     */
    public static Subject program(int reps) {
        return new Subject(
                "program",
                () -> withManyReps(reps).changes(),
                List.of(
                        replaced(
                                Kind.PROGRAM_EDIT,
                                Collection.PROGRAMS,
                                withManyReps(1).program(100)),
                        replaced(
                                Kind.PROGRAM_EDIT,
                                Collection.PROGRAMS,
                                withManyReps(1).program(50))));
    }

    private static Cast withManyReps(int reps) {
        Cast cast = new Cast("program", (reps + REPS_A_TEAM - 1) / REPS_A_TEAM, 50);
        for (int rep = 1; rep <= reps; rep++) {
            cast.hire(rep, (rep - 1) / REPS_A_TEAM + 1);
            for (int lesson = 0; lesson < LESSONS_WITH_ONE_RIGHT; lesson++) {
                cast.completeWithOneRight(rep, Cast.LESSONS - lesson);
            }
            for (int lesson = 1; lesson <= OTHER_LESSONS; lesson++) {
                cast.completeWithTwoRight(rep, lesson);
            }
        }
        return cast;
    }

    private static Step replaced(Kind kind, Collection collection, BsonDocument document) {
        return new Step(kind, round -> ChangeOfDocument.replace(collection, document));
    }
}
