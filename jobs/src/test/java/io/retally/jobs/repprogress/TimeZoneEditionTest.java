package io.retally.jobs.repprogress;

import static io.retally.jobs.repprogress.TestingCompany.ACME;
import static io.retally.jobs.repprogress.TestingCompany.contact;
import static io.retally.jobs.repprogress.TestingCompany.enrolled;
import static io.retally.jobs.repprogress.TestingCompany.opened;
import static io.retally.jobs.repprogress.TestingCompany.sales;
import static io.retally.jobs.repprogress.TestingLedgers.UNBOUNDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retally.core.document.Account;
import io.retally.core.zone.TimeZones;
import io.retally.core.zone.TzDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A build with another edition of the tz database than the one whose savepoint it is restored from. */
class TimeZoneEditionTest {

    private static final String CHICAGO = ACME.timeZone();
    private static final LocalDate MONDAY_OF_CHICAGO = LocalDate.of(2023, 11, 14);

    /** Chicago has moved over the date line; what its clocks show on {@link TestingCompany#MONDAY} is a day later. */
    private static TzDatabase moved() {
        return TzDatabase.parse("""
            # edition 2099a

            America/Chicago US/Central
            -05:50:36
            1883-11-18T18:00:00Z +11:00
            XXX-11

            UTC
            Z
            1970-01-01T00:00:00Z Z
            UTC0""");
    }

    /** Another edition with the rules of today. */
    private static TzDatabase renewed() {
        try (InputStream resource = Objects.requireNonNull(TimeZones.class.getResourceAsStream("time-zones.txt"))) {
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return TzDatabase.parse(text.replace("# edition " + TimeZones.edition(), "# edition 2099b"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TempDir
    Path folder;

    private TestingLedgers ledgersOfAnn(TestingBackend.Kind kind) throws Exception {
        TestingLedgers ledgers = new TestingLedgers(kind, folder, 2, UNBOUNDED);
        ledgers.add(ACME, sales("intro", "pitch"), contact("Ann"), enrolled("Ann"), opened("Ann", "intro"));
        return ledgers;
    }

    @ParameterizedTest
    @EnumSource
    void movesTheDaysThatItsRulesMoveOnce(TestingBackend.Kind kind) throws Exception {
        try (TestingLedgers ledgers = ledgersOfAnn(kind)) {
            Subtasks.States checkpoint = ledgers.barrier();
            assertThat(ledgers.passedOn().programDay(MONDAY_OF_CHICAGO, "lessons_opened"))
                    .isEqualTo(1);

            ledgers.restore(checkpoint, 3, TimeZoneEditionTest::moved);
            checkpoint = ledgers.barrier();
            assertMovedBy(1, ledgers.passedOn());
            assertThat(ledgers.settled().isNothing()).as("settled once").isTrue();

            ledgers.restore(checkpoint, 2, TimeZoneEditionTest::moved);
            assertThat(ledgers.settled().isNothing()).as("the rules are kept").isTrue();

            ledgers.remove(opened("Ann", "intro"));
            assertThat(ledgers.settled().programDay(MONDAY_OF_CHICAGO.plusDays(1), "lessons_opened"))
                    .as("a retraction finds the fact on the day that it counts on")
                    .isEqualTo(-1);

            ledgers.restore(checkpoint, 1, TimeZones::carried);
            assertMovedBy(-1, ledgers.settled());
        }
    }

    private static void assertMovedBy(int days, TestingLedgers.Passed passed) {
        LocalDate from = days > 0 ? MONDAY_OF_CHICAGO : MONDAY_OF_CHICAGO.minusDays(days);
        for (String column : List.of("active_reps", "lessons_opened")) {
            assertThat(passed.programDay(from, column)).isEqualTo(-1);
            assertThat(passed.programDay(from.plusDays(days), column)).isEqualTo(1);
        }
        assertThat(passed.programSummary("lessons_opened")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void changesNothingWhereItsRulesAreTheSame(TestingBackend.Kind kind) throws Exception {
        try (TestingLedgers ledgers = ledgersOfAnn(kind)) {
            Subtasks.States checkpoint = ledgers.barrier();
            ledgers.passedOn();
            ledgers.restore(checkpoint, 2, TimeZoneEditionTest::renewed);
            assertThat(ledgers.settled().isNothing()).isTrue();
        }
    }

    /** An account that changes to another name of the same rules changes nothing but the name that the rules are kept by. */
    @ParameterizedTest
    @EnumSource
    void findsTheRulesByTheAccountsPresentName(TestingBackend.Kind kind) throws Exception {
        try (TestingLedgers ledgers = ledgersOfAnn(kind)) {
            ledgers.settled();
            ledgers.add(new Account(ACME.id(), ACME.name(), "US/Central"));
            Subtasks.States checkpoint = ledgers.barrier();
            assertThat(ledgers.passedOn().isNothing()).isTrue();
            ledgers.restore(checkpoint, 2, TimeZoneEditionTest::moved);
            assertMovedBy(1, ledgers.settled());
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesASavepointThatDoesNotSayTheRulesUnlessTheyAreItsOwn(TestingBackend.Kind kind) throws Exception {
        try (TestingLedgers ledgers = ledgersOfAnn(kind)) {
            ledgers.settled();
            ledgers.forgetRules(CHICAGO);
            Subtasks.States checkpoint = ledgers.barrier();
            ledgers.restore(checkpoint, 2, TimeZones::carried);
            Subtasks.States withRules = ledgers.barrier();
            assertThat(ledgers.passedOn().isNothing()).isTrue();
            ledgers.restore(withRules, 2, TimeZoneEditionTest::moved);
            assertMovedBy(1, ledgers.settled());
            assertThatThrownBy(() -> ledgers.restore(checkpoint, 2, TimeZoneEditionTest::moved))
                    .hasMessageContaining("those of the tz database 2026c, this build has 2099a");
        }
    }
}
