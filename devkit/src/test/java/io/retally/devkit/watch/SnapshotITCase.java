package io.retally.devkit.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the contract's SQL makes breaks no claim; each claim is broken by a spoilt row, and says how. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class SnapshotITCase {
    private static final long NEVER_WHOLE = -1;
    private TestingServing serving;

    @BeforeAll
    void start() throws Exception {
        serving = new TestingServing();
    }

    @AfterAll
    void stop() throws Exception {
        serving.close();
    }

    @Test
    void whatTheContractMakesContradictsNothing() throws SQLException {
        try (Connection reader = serving.reader()) {
            Snapshot.prepare(reader);
            Snapshot whole = Snapshot.take(reader);
            assertThat(whole.epoch()).hasValue(1);
            assertThat(whole.program()).isNull();
            assertThat(whole.violations()).isEmpty();
            for (int round = 0; round < 8; round++) {
                Snapshot one = Snapshot.take(reader, NEVER_WHOLE);
                assertThat(one.program()).isIn("p0", "p1", "p2", "p3");
                assertThat(one.violations()).isEmpty();
            }
        }
    }

    @Test
    void emptyTablesContradictNothing() throws SQLException {
        try (Connection owner = serving.owner()) {
            owner.setAutoCommit(false);
            try (Statement statement = owner.createStatement()) {
                statement.execute("""
                        do $$ declare t text; begin
                          for t in select tablename from pg_tables where schemaname = 'serving' loop
                            execute 'delete from serving.' || t; end loop; end $$""");
            }
            Snapshot nothing = Snapshot.take(owner);
            assertThat(nothing.epoch()).isEmpty();
            assertThat(nothing.violations()).isEmpty();
            assertThat(Snapshot.take(owner).epoch())
                    .as("the deletion was undone")
                    .isPresent();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            program_summary agrees with the sums over rep_program | update program_summary set reps_started = reps_started + 1 where program_id = 'p1'
            program_summary agrees with the sums over rep_program | delete from program_summary where program_id = 'p1'
            program_summary agrees with the sums over rep_program | delete from rep_program where contact_id = 'c1' and program_id = 'p1'
            team_program agrees with the sums over rep_program | update team_program set answers = answers - 1 where team_id = 't1' and program_id = 'p1'
            team_program agrees with the sums over rep_program | insert into team_program select 't9', program_id, account_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 from program where program_id = 'p1'
            program_due agrees with the counts over rep_program | update program_due set reps_completed = reps_completed + 1 where program_id = 'p1'
            program_due agrees with the counts over rep_program | update rep_program set due_at = due_at + interval '1 day' where contact_id = 'c1' and program_id = 'p1'
            lesson_funnel agrees with the counts over rep_lesson | update lesson_funnel set reps_passed = reps_passed + 1 where program_id = 'p1' and lesson_id = 'l4'
            lesson_funnel agrees with the counts over rep_lesson | update rep_lesson set opened_at = null where contact_id = 'c1' and program_id = 'p1' and lesson_id = 'l1'
            rep_program agrees with the sums over the rep's lessons in rep_lesson | update rep_program set messages_clicked = messages_clicked + 1 where contact_id = 'c1' and program_id = 'p1'
            rep_program agrees with the sums over the rep's lessons in rep_lesson | update rep_lesson set passed = not passed where contact_id = 'c1' and program_id = 'p1' and lesson_id = 'l1'
            rep_program agrees with program and its lessons | update lesson set required = not required where program_id = 'p1' and lesson_id = 'l2'
            rep_program agrees with program and its lessons | delete from program where program_id = 'p1'
            rep_program agrees with contact | delete from contact where contact_id = 'c1'
            rep_program agrees with contact | update contact set team_id = null where contact_id = 'c1'
            rep_lesson agrees with contact | update rep_lesson set team_id = 't2' where contact_id = 'c1' and program_id = 'p1' and lesson_id = 'l1'
            rep_lesson agrees with rep_program | delete from rep_program where contact_id = 'c1' and program_id = 'p1'
            rep_lesson agrees with lesson | delete from lesson where program_id = 'p1' and lesson_id = 'l1'
            rep_lesson agrees with lesson | update lesson set segments_total = 1 where program_id = 'p1' and lesson_id = 'l1'
            lesson agrees with program | delete from program where program_id = 'p1'
            question_stats (a lesson's questions added up) agrees with the sums over rep_lesson | update question_stats set answers = answers + 1 where program_id = 'p1' and lesson_id = 'l2' and question_id = 'q0'
            question_stats (a lesson's questions added up) agrees with the sums over rep_lesson | delete from question_stats where program_id = 'p1' and lesson_id = 'l2'
            lesson_segment agrees with the steps watched in rep_lesson | update lesson_segment set viewers = viewers + 1 where program_id = 'p1' and lesson_id = 'l5' and segment = 1
            lesson_segment agrees with the steps watched in rep_lesson | update rep_lesson set watched = array_append(watched, 99) where contact_id = 'c1' and program_id = 'p1' and lesson_id = 'l5'
            program_summary agrees with the sums over program_day | delete from program_day where program_id = 'p1' and messages_sent > 0
            team_program agrees with the sums over team_day | update team_day set answers = answers + 1 where team_id = 't1' and program_id = 'p1'
            program_day (all days) agrees with the steps watched in lesson_segment | update lesson_segment set views = views + 1 where program_id = 'p1' and lesson_id = 'l5' and segment = 1
            """)
    void aSpoiltRowIsFound(String claim, String spoil) throws SQLException {
        try (Connection owner = serving.owner()) {
            owner.setAutoCommit(false);
            try (Statement statement = owner.createStatement()) {
                statement.execute("set local search_path = serving");
                assertThat(statement.executeUpdate(spoil)).isPositive();
            }
            // The end of the snapshot rolls the spoiling back.
            assertThat(Snapshot.take(owner).violations())
                    .extracting(Violation::claim)
                    .contains(claim);
            assertThat(Snapshot.take(owner).violations()).isEmpty();
        }
    }

    @Test
    void aViolationHasBothFigures() throws SQLException {
        assertThat(first("update serving.program_summary set reps_enrolled = 1000 where program_id = 'p1'"))
                .matches("program_id p1: reps_enrolled is 1000, expected \\d\\d");
        assertThat(first("delete from serving.contact where contact_id = 'c1'"))
                .isEqualTo("contact_id c1: contact has no row, rep_program has account_id a1, team_id t1");
    }

    private String first(String spoil) throws SQLException {
        try (Connection owner = serving.owner()) {
            owner.setAutoCommit(false);
            try (Statement statement = owner.createStatement()) {
                statement.execute(spoil);
            }
            return Snapshot.take(owner).violations().get(0).first();
        }
    }
}
