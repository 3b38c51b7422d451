package io.retally.core.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Account;
import io.retally.core.document.AnyDocument;
import io.retally.core.document.Collection;
import io.retally.core.document.Contact;
import io.retally.core.document.Document;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Lesson;
import io.retally.core.document.Program;
import io.retally.core.document.Team;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Dimension tables hold the documents as they stand, and get only what changed. */
class DimensionsTest {

    private static final Lesson INTRO = new Lesson("intro", "Intro", 31, true, List.of("q1", "q1"));
    private static final Lesson CLOSE = new Lesson("close", "Close", 0, false, List.of());

    @Property
    void applyingTheChangesGivesTheRowsOfTheDocument(
            @ForAll("versions") Tuple.Tuple2<@Nullable Document, @Nullable Document> versions) {
        Map<RowKey, Row> table = new HashMap<>();
        apply(table, changes(null, versions.get1()));
        apply(table, changes(versions.get1(), versions.get2()));
        Map<RowKey, Row> expected = new HashMap<>();
        apply(expected, changes(null, versions.get2()));
        assertThat(table).isEqualTo(expected);
    }

    @Property
    void aDocumentThatIsGoneLeavesNothing(
            @ForAll("versions") Tuple.Tuple2<@Nullable Document, @Nullable Document> versions) {
        Map<RowKey, Row> table = new HashMap<>();
        apply(table, changes(null, versions.get1()));
        apply(table, changes(versions.get1(), null));
        assertThat(table).isEmpty();
    }

    @Property
    void theSameVersionChangesNothing(
            @ForAll("versions") Tuple.Tuple2<@Nullable Document, @Nullable Document> versions) {
        assertThat(changes(versions.get1(), versions.get1())).isEmpty();
    }

    @Test
    void eachDocumentHasItsRow() {
        assertThat(changes(null, new Account("a", "Acme", "UTC")))
                .containsExactly(Row.of(ServingTable.ACCOUNT, "a", "Acme", "UTC"));
        assertThat(changes(null, new Team("t", "a", "North", null)))
                .containsExactly(Row.of(ServingTable.TEAM, "t", "a", "North", null));
        assertThat(changes(null, new Contact("c", "a", "Ada", "t", null)))
                .containsExactly(Row.of(ServingTable.CONTACT, "c", "a", "t", "Ada"));
        assertThat(changes(null, new Enrollment("e", "a", "c", "p", 1, null, null)))
                .isEmpty();
        assertThat(changes(null, program(INTRO, CLOSE)))
                .containsExactly(
                        Row.of(ServingTable.PROGRAM, "p", "a", "Sales", "course", 80),
                        Row.of(ServingTable.LESSON, "p", "intro", "a", 1, "Intro", 31, true, 3, 2),
                        Row.of(ServingTable.LESSON, "p", "close", "a", 2, "Close", 0, false, 0, 0));
    }

    @Test
    void aRemovedContactHasNoRow() {
        Contact live = new Contact("c", "a", "Ada", "t", null);
        Contact removed = new Contact("c", "a", "Ada", "t", 5L);
        assertThat(changes(live, removed)).containsExactly(Row.deleted(ServingTable.CONTACT, "c"));
        assertThat(changes(null, removed)).isEmpty();
        assertThat(changes(removed, live)).containsExactly(Row.of(ServingTable.CONTACT, "c", "a", "t", "Ada"));
    }

    @Test
    void onlyTheLessonsThatMovedAreWritten() {
        assertThat(changes(program(INTRO, CLOSE), program(CLOSE)))
                .containsExactly(
                        Row.deleted(ServingTable.LESSON, "p", "intro"),
                        Row.of(ServingTable.LESSON, "p", "close", "a", 1, "Close", 0, false, 0, 0));
    }

    private static Program program(Lesson... lessons) {
        return new Program("p", "a", "Sales", "course", 80, List.of(lessons));
    }

    private static List<Row> changes(@Nullable Document before, @Nullable Document after) {
        List<Row> rows = new ArrayList<>();
        Dimensions.change(before, after, rows::add);
        return rows;
    }

    private static void apply(Map<RowKey, Row> table, List<Row> changes) {
        for (Row row : changes) {
            if (row.isDeletion()) {
                assertThat(table.remove(RowKey.of(row)))
                        .as("what %s deletes", row)
                        .isNotNull();
            } else {
                assertThat(table.put(RowKey.of(row), row)).isNotEqualTo(row);
            }
        }
    }

    /** Two versions of one document. */
    @Provide
    Arbitrary<Tuple.Tuple2<@Nullable Document, @Nullable Document>> versions() {
        return Arbitraries.of(Collection.class)
                .filter(collection -> collection != Collection.INTERACTIONS)
                .flatMap(collection -> Combinators.combine(
                                AnyDocument.of(collection).map(DimensionsTest::named),
                                AnyDocument.of(collection).map(DimensionsTest::named))
                        .as(Tuple::of));
    }

    /** The document under one id, its lessons under ids of their own. */
    private static Document named(Document document) {
        if (document instanceof Account account) {
            return new Account("id", account.name(), account.timeZone());
        } else if (document instanceof Team team) {
            return new Team("id", team.accountId(), team.name(), team.parentTeamId());
        } else if (document instanceof Contact contact) {
            return new Contact("id", contact.accountId(), contact.name(), contact.teamId(), contact.removedAt());
        } else if (document instanceof Program program) {
            List<Lesson> lessons = new ArrayList<>();
            for (Lesson lesson : program.lessons()) {
                String id = "l" + (lessons.size() + program.passPercent() % 2);
                lessons.add(new Lesson(
                        id, lesson.title(), lesson.videoSeconds() % 86_400, lesson.required(), lesson.questionIds()));
            }
            return new Program(
                    "id", program.accountId(), program.name(), program.kind(), program.passPercent(), lessons);
        }
        return document;
    }
}
