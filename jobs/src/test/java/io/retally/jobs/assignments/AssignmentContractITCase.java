package io.retally.jobs.assignments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.assignment.Action;
import io.retally.core.assignment.Assignment;
import io.retally.core.assignment.AssignmentRule;
import io.retally.core.assignment.Condition;
import io.retally.core.assignment.Decision;
import io.retally.core.assignment.LessonStanding;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Decisions are those of {@code docs/contract-assignments.sql}, over random rules and standings. A seed is replayed with {@code
 * -Dassignments.seed=N}.
 */
@SuppressWarnings("NullAway.Init")
class AssignmentContractITCase {
    private static final Instant OPENED = Instant.parse("2026-03-01T12:00:00Z");
    private static final int STANDINGS = 200;

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            // Of the contract's view the columns that the definition asks for: what it holds is tested elsewhere.
            statement.execute("""
                    create schema source; create schema contract;
                    create table contract.rep_lesson (contact_id text, program_id text, lesson_id text, account_id text,
                      questions_answered bigint, questions_correct bigint, answers bigint, segments_watched bigint,
                      completed_at timestamptz, opened_at timestamptz)""");
            statement.execute(Files.readString(Path.of("../docs/contract-assignments.sql"), UTF_8));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    static Stream<Long> seeds() {
        Long one = Long.getLong("assignments.seed");
        return one != null ? Stream.of(one) : new Random().longs(5).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void decisionsAreTheContracts(long seed) throws SQLException {
        Random random = new Random(seed);
        List<AssignmentRule> rules = new ArrayList<>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            rules.add(rule("r\u00e9" + i, random));
        }
        List<LessonStanding> standings = new ArrayList<>();
        for (int i = 0; i < STANDINGS; i++) {
            standings.add(standing("c" + i, random));
        }
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            write(connection, rules, standings);
            for (int days = 0; days <= 4; days++) {
                Instant now = OPENED.plusSeconds(days * 86_400L - random.nextInt(2));
                Set<String> decided = new TreeSet<>();
                for (LessonStanding standing : standings) {
                    Assignment assignment =
                            Decision.of(standing, rules, now.toEpochMilli()).assignment();
                    if (assignment != null) {
                        decided.add(shown(assignment));
                    }
                }
                assertThat(decided).as("at %s", now).isEqualTo(contract(connection, now));
            }
        }
    }

    private static AssignmentRule rule(String id, Random random) {
        Action action = Action.values()[random.nextInt(3)];
        return new AssignmentRule(
                id,
                random.nextInt(6) == 0 ? "other account" : "a",
                random.nextInt(6) == 0 ? "other program" : "p",
                random.nextBoolean() ? null : "l" + random.nextInt(2),
                random.nextInt(3),
                action,
                action == Action.REPEAT ? null : "target",
                new Condition(
                        percent(random),
                        percent(random),
                        some(random, 5),
                        some(random, 5),
                        some(random, 5),
                        random.nextInt(4) > 0 ? null : (Boolean) random.nextBoolean(),
                        some(random, 4)));
    }

    /** Mostly what a proportion of few questions can be equal to. */
    private static @Nullable Integer percent(Random random) {
        int[] bounds = {0, 33, 34, 50, 66, 67, 100};
        return random.nextInt(4) > 0 ? null : (Integer) bounds[random.nextInt(bounds.length)];
    }

    private static @Nullable Integer some(Random random, int bound) {
        return random.nextInt(4) > 0 ? null : (Integer) random.nextInt(bound);
    }

    private static LessonStanding standing(String contact, Random random) {
        int answered = random.nextInt(4);
        return new LessonStanding(
                contact,
                "p",
                "l" + random.nextInt(2),
                "a",
                answered,
                random.nextInt(answered + 1),
                answered + random.nextInt(3),
                random.nextInt(5),
                random.nextBoolean(),
                random.nextInt(4) == 0 ? null : (Long) OPENED.toEpochMilli());
    }

    private static void write(Connection connection, List<AssignmentRule> rules, List<LessonStanding> standings)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("truncate source.assignment_rule, contract.rep_lesson");
        }
        for (AssignmentRule rule : rules) {
            Condition when = rule.when();
            insert(
                    connection,
                    "source.assignment_rule",
                    rule.id(),
                    rule.accountId(),
                    rule.programId(),
                    rule.lessonId(),
                    rule.priority(),
                    rule.action().word(),
                    rule.targetLessonId(),
                    when.correctPercentBelow(),
                    when.correctPercentAtLeast(),
                    when.answersAtLeast(),
                    when.segmentsBelow(),
                    when.segmentsAtLeast(),
                    when.completed(),
                    when.openedDaysAtLeast());
        }
        for (LessonStanding standing : standings) {
            Long openedAt = standing.openedAt();
            insert(
                    connection,
                    "contract.rep_lesson",
                    standing.contactId(),
                    standing.programId(),
                    standing.lessonId(),
                    standing.accountId(),
                    standing.questionsAnswered(),
                    standing.questionsCorrect(),
                    standing.answers(),
                    standing.segmentsWatched(),
                    standing.completed() ? OPENED.atOffset(ZoneOffset.UTC) : null,
                    openedAt == null ? null : Instant.ofEpochMilli(openedAt).atOffset(ZoneOffset.UTC));
        }
    }

    private static void insert(Connection connection, String table, @Nullable Object... values) throws SQLException {
        String places =
                String.join(", ", Arrays.stream(values).map(value -> "?").toList());
        try (PreparedStatement statement =
                connection.prepareStatement("insert into " + table + " values (" + places + ")")) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static String shown(Assignment assignment) {
        LessonStanding grounds = assignment.grounds();
        return String.join(
                "|",
                grounds.contactId(),
                grounds.programId(),
                grounds.lessonId(),
                grounds.accountId(),
                assignment.ruleId(),
                assignment.action().word(),
                assignment.targetLessonId(),
                assignment.reason(),
                Long.toString(grounds.questionsAnswered()),
                Long.toString(grounds.questionsCorrect()),
                Long.toString(grounds.answers()),
                Long.toString(grounds.segmentsWatched()),
                grounds.completed() ? "t" : "f",
                grounds.openedAt() == null ? "never" : Long.toString(grounds.openedAt()));
    }

    private static Set<String> contract(Connection connection, Instant now) throws SQLException {
        Set<String> rows = new TreeSet<>();
        try (PreparedStatement query = connection.prepareStatement("""
                select concat_ws('|', contact_id, program_id, lesson_id, account_id, rule_id, action, target_lesson_id, reason,
                  questions_answered, questions_correct, answers, segments_watched, completed,
                  coalesce((extract(epoch from opened_at) * 1000)::bigint::text, 'never'))
                from contract.assignment(?)""")) {
            query.setObject(1, now.atOffset(ZoneOffset.UTC));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    rows.add(row.getString(1));
                }
            }
        }
        return rows;
    }
}
