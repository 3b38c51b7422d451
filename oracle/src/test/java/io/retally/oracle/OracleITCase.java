package io.retally.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.oracle.ChangeWriter.Said;
import io.retally.oracle.CurrentDocuments.Origin;
import io.retally.sql.Migrations;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** From messages to compared tables. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OracleITCase {
    @SuppressWarnings("NullAway.Init")
    private Databases databases;

    @BeforeAll
    void start() throws Exception {
        databases = new Databases();
    }

    @AfterAll
    void stop() throws Exception {
        databases.close();
    }

    @Test
    void servingTablesHaveTheContractsColumnsInOrder() throws SQLException {
        Connection scratch = databases.scratch();
        Statements.run(scratch, ContractSql.source());
        Oracle.createViews(scratch);
        Migrations.migrate(databases.source(scratch));
        for (String table : ContractSql.servedTables()) {
            List<String> columns =
                    List.copyOf(Columns.of(scratch, "contract", table).keySet());
            assertThat(List.copyOf(Columns.of(scratch, "serving", table).keySet()))
                    .as(table)
                    .isEqualTo(columns);
            assertThat(Databases.rows(
                            scratch,
                            "select string_agg(a.attname, ', ' order by array_position(i.indkey::int2[], a.attnum))"
                                    + " from pg_index i join pg_attribute a on a.attrelid = i.indrelid"
                                    + " and a.attnum = any (i.indkey) where i.indisprimary"
                                    + " and i.indrelid = 'serving." + table + "'::regclass"))
                    .as("primary key of " + table)
                    .containsExactly(String.join(", ", TableComparison.key(columns)));
        }
        assertThat(Databases.rows(
                        scratch,
                        "select tablename from pg_tables where schemaname = 'serving' and tablename <> 'epoch'"))
                .containsExactlyInAnyOrderElementsOf(ContractSql.servedTables());
    }

    @Test
    void theLastStatementOfALogCountsAndLiveAloneDecides() throws SQLException {
        Connection scratch = databases.scratch();
        CurrentDocuments documents = CurrentDocuments.in(scratch);
        try (ChangeWriter writer = documents.writer(scratch)) {
            assertThat(team(writer, Origin.LIVE, "1", "first")).isEqualTo(Said.DOCUMENT);
            assertThat(team(writer, Origin.LIVE, "1", "second")).isEqualTo(Said.DOCUMENT);
            team(writer, Origin.BACKFILL, "1", "older");
            team(writer, Origin.BACKFILL, "2", "only there, first");
            team(writer, Origin.BACKFILL, "2", "only there");
            team(writer, Origin.BACKFILL, "3", "deleted live");
            assertThat(say(writer, Origin.LIVE, "3", "{\"op\":\"d\"}")).isEqualTo(Said.GONE);
            team(writer, Origin.BACKFILL, "4", "unusable live");
            assertThat(say(writer, Origin.LIVE, "4", "{\"op\":\"c\"}")).isEqualTo(Said.UNUSABLE);
            team(writer, Origin.BACKFILL, "5", "a tombstone says nothing");
            assertThat(writer.add(SourceCollection.TEAMS, Origin.LIVE, key("5"), null)
                            .said())
                    .isEqualTo(Said.NOTHING);
            assertThat(say(writer, Origin.LIVE, "5", "{\"op\":\"x\"}")).isEqualTo(Said.NO_CHANGE);
            team(writer, Origin.BACKFILL, "6", "gone there too");
            say(writer, Origin.BACKFILL, "6", "{\"op\":\"d\"}");
            team(writer, Origin.BACKFILL, "7", "mentioned");
            writer.addMention(SourceCollection.TEAMS, "7");
            team(writer, Origin.BACKFILL, "8", "mentioned");
            writer.addDocument(SourceCollection.TEAMS, BsonDocument.parse("{_id: 8, accountId: 1, name: 'found'}"));
            writer.addMention(SourceCollection.TEAMS, "8");
            team(writer, Origin.LIVE, "9", "tab \\\\t, line \\\\n, \\\\\\\\ and \\\\ud83d\\\\ude00");
        }
        documents.settle(scratch, Progress.SILENT);
        assertThat(Databases.rows(scratch, "select id, name from source.team order by id"))
                .containsExactly(
                        "1|second",
                        "2|only there",
                        "5|a tombstone says nothing",
                        "8|found",
                        "9|tab \t, line \n, \\ and \ud83d\ude00");
    }

    @Test
    void tablesEqualViewsAndEachKindOfDifferenceIsShown() throws SQLException {
        Connection scratch = databases.scratch();
        load(scratch);
        Oracle.evaluate(scratch, Progress.SILENT);

        Connection serving = databases.scratch();
        Migrations.migrate(databases.source(serving));
        load(serving);
        Oracle.createViews(serving);
        for (String table : ContractSql.servedTables()) {
            Statements.run(serving, "insert into serving." + table + " select * from contract." + table);
        }
        Statements.run(
                serving,
                "insert into serving.epoch values (7, now(), to_timestamp(1))",
                "insert into staging.source_position values ('retally.coaching.teams', 0, 12)");

        Published published = Published.copy(serving, scratch);
        assertThat(published.epoch())
                .get()
                .satisfies(epoch -> assertThat(epoch.epoch()).isEqualTo(7));
        assertThat(published.positions())
                .containsExactly(Map.entry(new Published.LogPartition("retally.coaching.teams", 0), 12L));
        Comparison equal = Comparison.compare(scratch, Progress.SILENT);
        assertThat(equal.isEqual()).as(equal.toString()).isTrue();
        assertThat(equal.tables())
                .allSatisfy(table -> assertThat(table.published()).isPositive());

        Statements.run(
                scratch,
                "delete from published.rep_program",
                "update published.rep_lesson set answers = answers + 1, watched = '{}'",
                "insert into published.team values ('extra', 'a', 'Extra', null)");
        Comparison unequal = Comparison.compare(scratch, Progress.SILENT);
        assertThat(unequal.isEqual()).isFalse();
        assertThat(unequal.toString())
                .contains("rep_lesson: 1 rows, expected 1: 0 missing, 0 unexpected, 1 different; first: "
                        + "different (contact_id c, program_id p, lesson_id l): "
                        + "watched is {}, expected {0}, answers is 2, expected 1")
                .contains("rep_program: 0 rows, expected 1: 1 missing")
                .contains("team: 2 rows, expected 1: 0 missing, 1 unexpected, 0 different; first: "
                        + "unexpected (team_id extra): account_id a, name Extra, parent_team_id null")
                .contains("account: 1 rows, equal");
    }

    private static void load(Connection connection) throws SQLException {
        CurrentDocuments documents = CurrentDocuments.in(connection);
        try (ChangeWriter writer = documents.writer(connection)) {
            add(writer, SourceCollection.ACCOUNTS, "{_id: 'a', name: 'A', timeZone: 'Asia/Kathmandu'}");
            add(writer, SourceCollection.TEAMS, "{_id: 't', accountId: 'a', name: 'T'}");
            add(writer, SourceCollection.CONTACTS, "{_id: 'c', accountId: 'a', name: 'C', teamId: 't'}");
            add(
                    writer,
                    SourceCollection.PROGRAMS,
                    "{_id: 'p', accountId: 'a', name: 'P', kind: 'k', passPercent: 50, lessons: [{id: 'l', title: 'L',"
                            + " videoSeconds: 15, required: true, questionIds: ['q\\\"{,', 'r']}]}");
            String about = " accountId: 'a', contactId: 'c', programId: 'p',";
            add(
                    writer,
                    SourceCollection.ENROLLMENTS,
                    "{_id: 'e'," + about + " enrolledAt: {$date: -62135596800000}, dueAt: {$date: 253402300799999}}");
            about += " lessonId: 'l', at: {$date: 1700000000123},";
            add(writer, SourceCollection.INTERACTIONS, "{_id: 1," + about + " verb: 'segment_watched', segment: 0}");
            add(
                    writer,
                    SourceCollection.INTERACTIONS,
                    "{_id: '\\u0000'," + about + " verb: 'question_answered', questionId: 'q\\\"{,', correct: true}");
            add(writer, SourceCollection.INTERACTIONS, "{_id: 3," + about + " verb: 'lesson_completed'}");
        }
        documents.settle(connection, Progress.SILENT);
    }

    private static void add(ChangeWriter writer, SourceCollection collection, String document) throws SQLException {
        assertThat(writer.addDocument(collection, BsonDocument.parse(document))).isEqualTo(Said.DOCUMENT);
    }

    private static Said team(ChangeWriter writer, Origin origin, String id, String name) throws SQLException {
        String after = "{\\\"_id\\\": " + id + ", \\\"accountId\\\": 1, \\\"name\\\": \\\"" + name + "\\\"}";
        return say(writer, origin, id, "{\"op\":\"u\",\"after\":\"" + after + "\"}");
    }

    private static Said say(ChangeWriter writer, Origin origin, String id, String value) throws SQLException {
        return writer.add(SourceCollection.TEAMS, origin, key(id), value.getBytes(StandardCharsets.UTF_8))
                .said();
    }

    private static byte[] key(String id) {
        return ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
