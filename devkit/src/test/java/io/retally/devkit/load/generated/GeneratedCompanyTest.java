package io.retally.devkit.load.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.ChangeOfDocument.Op;
import io.retally.devkit.load.LoadException;
import io.retally.devkit.load.UsableDocuments;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

final class GeneratedCompanyTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Size SMALL = new Size(300, 5, 60_000);
    private static final List<ChangeOfDocument> CHANGES = changes(1, SMALL);

    @Test
    void theSameSeedGivesTheSameChangesAndAnotherSeedOthers() {
        assertThat(changes(1, SMALL)).isEqualTo(CHANGES);
        Set<BsonValue> ids =
                new HashSet<>(CHANGES.stream().map(ChangeOfDocument::id).toList());
        assertThat(changes(2, SMALL)).noneMatch(change -> ids.contains(change.id()));
    }

    @Test
    void hasExactlyAsManyRepsProgramsAndInteractionsAsAsked() {
        assertThat(count(Collection.CONTACTS, Op.INSERT)).isEqualTo(300);
        assertThat(count(Collection.PROGRAMS, Op.INSERT)).isEqualTo(5);
        assertThat(count(Collection.INTERACTIONS, Op.INSERT)).isEqualTo(60_000);
        assertThat(changes(1, new Size(1, 1, 3_000)))
                .filteredOn(change -> change.collection() == Collection.INTERACTIONS && change.op() == Op.INSERT)
                .hasSize(3_000);
        assertThat(changes(1, new Size(20, 30, 0))).noneMatch(c -> c.collection() == Collection.INTERACTIONS);
    }

    @Test
    void everyDocumentIsUsable() {
        CHANGES.stream()
                .filter(change -> change.document() != null)
                .forEach(change ->
                        UsableDocuments.check(change.collection(), Objects.requireNonNull(change.document())));
    }

    @Test
    void documentsAreInsertedOnceAndOnlyThoseThereAreAreChanged() {
        Map<Collection, Set<BsonValue>> there = new HashMap<>();
        for (ChangeOfDocument change : CHANGES) {
            Set<BsonValue> ids = there.computeIfAbsent(change.collection(), collection -> new HashSet<>());
            if (change.op() == Op.INSERT) {
                assertThat(ids.add(change.id()))
                        .as("inserted twice: %s", change)
                        .isTrue();
            } else {
                assertThat(ids).as("not there: %s", change).contains(change.id());
            }
        }
    }

    @Test
    void contactsAreRemovedBothWaysAndSomeRestoredAndMoved() {
        assertThat(count(Collection.CONTACTS, Op.DELETE)).isPositive();
        assertThat(CHANGES).anyMatch(contact(document -> document.containsKey("removedAt")));
        Map<BsonValue, BsonValue> teams = new HashMap<>();
        Set<BsonValue> removed = new HashSet<>();
        int moved = 0;
        int restored = 0;
        for (ChangeOfDocument change : CHANGES) {
            if (change.collection() == Collection.CONTACTS) {
                BsonDocument document = change.document();
                if (document == null || document.containsKey("removedAt")) {
                    removed.add(change.id());
                } else {
                    restored += removed.remove(change.id()) ? 1 : 0;
                    BsonValue team = Objects.requireNonNull(document.get("teamId"));
                    BsonValue before = teams.put(change.id(), team);
                    moved += before != null && !before.equals(team) ? 1 : 0;
                }
            }
        }
        assertThat(moved).isPositive();
        assertThat(restored).isPositive();
        assertThat(removed).isNotEmpty();
    }

    @Test
    void answersAreCorrectedInteractionsDeletedAndProgramsEdited() {
        assertThat(count(Collection.INTERACTIONS, Op.REPLACE)).isPositive();
        assertThat(count(Collection.INTERACTIONS, Op.DELETE)).isPositive();
        assertThat(count(Collection.PROGRAMS, Op.REPLACE)).isPositive();
    }

    @Test
    void someInteractionsComeBeforeTheirContactAndSomeLate() {
        Set<BsonValue> contacts = new HashSet<>();
        int early = 0;
        int late = 0;
        long latest = Long.MIN_VALUE;
        for (ChangeOfDocument change : CHANGES) {
            BsonDocument document = change.document();
            if (change.collection() == Collection.CONTACTS) {
                contacts.add(change.id());
            } else if (document != null && document.containsKey("at")) {
                early += contacts.contains(document.get("contactId")) ? 0 : 1;
                long at = document.getDateTime("at").getValue();
                late += at < latest - 86_400_000L ? 1 : 0;
                latest = Math.max(latest, at);
            }
        }
        assertThat(early).isPositive();
        assertThat(late).isPositive();
        assertThat(latest).isLessThanOrEqualTo(NOW.toEpochMilli());
    }

    @Test
    void morningAndLunchAreTheBusiestHoursOfTheRepsOwnDay() {
        Map<BsonValue, ZoneId> zones = new HashMap<>();
        int[] hours = new int[24];
        for (ChangeOfDocument change : CHANGES) {
            BsonDocument document = change.document();
            if (document != null && document.containsKey("timeZone")) {
                zones.put(change.id(), ZoneId.of(document.getString("timeZone").getValue()));
            } else if (document != null && document.containsKey("at")) {
                ZoneId zone = Objects.requireNonNull(zones.get(document.get("accountId")));
                hours[
                        Instant.ofEpochMilli(document.getDateTime("at").getValue())
                                .atZone(zone)
                                .getHour()]++;
            }
        }
        assertThat(zones.values().stream().distinct().count()).isGreaterThan(1);
        assertThat(hours[8]).isGreaterThan(2 * hours[10]);
        assertThat(hours[12]).isGreaterThan(2 * hours[15]);
        assertThat(hours[3]).isZero();
    }

    @Test
    void viewersDropOffAlongAVideoAndMostAnswersAreRight() {
        int[] segments = new int[40];
        int answers = 0;
        int right = 0;
        for (ChangeOfDocument change : CHANGES) {
            BsonDocument document = change.document();
            if (document != null && document.containsKey("segment")) {
                segments[document.getInt32("segment").getValue()]++;
            } else if (document != null && document.containsKey("correct")) {
                answers++;
                right += document.getBoolean("correct").getValue() ? 1 : 0;
            }
        }
        assertThat(segments[0]).isGreaterThan(segments[8]);
        assertThat(segments[8]).isGreaterThan(segments[16]);
        assertThat((double) right / answers).isBetween(0.5, 0.8);
    }

    @Test
    void someEnrolmentsAreDueBeforeNowAndSomeAfter() {
        List<Long> due = CHANGES.stream()
                .map(ChangeOfDocument::document)
                .filter(document -> document != null && document.containsKey("dueAt"))
                .map(document ->
                        Objects.requireNonNull(document).getDateTime("dueAt").getValue())
                .toList();
        assertThat(due).anyMatch(at -> at < NOW.toEpochMilli()).anyMatch(at -> at > NOW.toEpochMilli());
    }

    @Test
    void tellsWhatIsWrongWithTheSize() {
        assertThatThrownBy(() -> new Size(0, 1, 1))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("--reps");
    }

    private static Predicate<ChangeOfDocument> contact(Predicate<BsonDocument> predicate) {
        return change -> change.collection() == Collection.CONTACTS
                && change.document() != null
                && predicate.test(change.document());
    }

    private static long count(Collection collection, Op op) {
        return CHANGES.stream()
                .filter(change -> change.collection() == collection && change.op() == op)
                .count();
    }

    private static List<ChangeOfDocument> changes(long seed, Size size) {
        List<ChangeOfDocument> changes = new ArrayList<>();
        new GeneratedCompany(seed, size, NOW).forEach(changes::add);
        return changes;
    }
}
