package io.retally.oracle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * MongoDB's collection {@code assignments} beside its definition, {@code docs/contract-assignments.sql}, in a scratch database
 * with the contract's tables.
 */
public final class Assignments {
    private static final String TABLE = "assignments";

    private final Connection scratch;

    private Assignments(Connection scratch) {
        this.scratch = scratch;
    }

    /** Puts the definition into the database, with no rule. */
    public static Assignments in(Connection scratch) throws SQLException {
        Statements.run(
                scratch,
                ContractSql.assignments(),
                "create schema if not exists published",
                "create table contract." + TABLE + " as select * from contract.assignment(now()) with no data",
                "create table published." + TABLE + " (like contract." + TABLE + ")");
        return new Assignments(scratch);
    }

    /**
     * Takes these documents of {@code assignment_rules} for all that there are; unusable ones count as absent.
     *
     * @return how many are unusable
     */
    public int rules(Iterable<BsonDocument> rules) throws SQLException {
        Statements.run(scratch, "truncate source.assignment_rule");
        int unusable = 0;
        for (BsonDocument rule : rules) {
            try {
                insert("source.assignment_rule", AssignmentRules.row(rule));
            } catch (RuleBroken broken) {
                unusable++;
            }
        }
        return unusable;
    }

    /**
     * Compares.
     *
     * @param stored all documents of {@code assignments}
     * @param now by which days have passed
     * @throws IllegalArgumentException if a document is not of the form that the definition says
     */
    public TableComparison compare(Iterable<BsonDocument> stored, Instant now) throws SQLException {
        Statements.run(scratch, "truncate contract." + TABLE + ", published." + TABLE);
        for (BsonDocument document : stored) {
            insert("published." + TABLE, row(document));
        }
        try (PreparedStatement evaluate =
                scratch.prepareStatement("insert into contract." + TABLE + " select * from contract.assignment(?)")) {
            evaluate.setObject(1, now.atOffset(ZoneOffset.UTC));
            evaluate.executeUpdate();
        }
        return TableComparison.compare(scratch, TABLE);
    }

    private static List<@Nullable Object> row(BsonDocument document) {
        try {
            BsonDocument id = document.getDocument("_id");
            BsonDocument grounds = document.getDocument("grounds");
            List<String> parts = List.copyOf(id.keySet());
            boolean consistent = parts.equals(List.of("contactId", "programId", "lessonId"))
                    && parts.stream().allMatch(part -> Objects.equals(id.get(part), document.get(part)));
            if (!consistent) {
                throw new IllegalArgumentException("its _id is not the three ids of its fields, in their order");
            }
            BsonValue openedAt = grounds.get("openedAt");
            return Collections.unmodifiableList(Arrays.asList(
                    text(document, "contactId"),
                    text(document, "programId"),
                    text(document, "lessonId"),
                    text(document, "accountId"),
                    text(document, "ruleId"),
                    text(document, "action"),
                    text(document, "targetLessonId"),
                    text(document, "reason"),
                    grounds.getInt64("questionsAnswered").getValue(),
                    grounds.getInt64("questionsCorrect").getValue(),
                    grounds.getInt64("answers").getValue(),
                    grounds.getInt64("segmentsWatched").getValue(),
                    grounds.getBoolean("completed").getValue(),
                    openedAt == null || openedAt.isNull()
                            ? null
                            : Instant.ofEpochMilli(openedAt.asDateTime().getValue())
                                    .atOffset(ZoneOffset.UTC)));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("no assignment: " + document.toJson() + ": " + e.getMessage(), e);
        }
    }

    private static String text(BsonDocument document, String field) {
        return document.getString(field).getValue();
    }

    private void insert(String table, List<@Nullable Object> values) throws SQLException {
        String places = String.join(", ", Collections.nCopies(values.size(), "?"));
        try (PreparedStatement statement =
                scratch.prepareStatement("insert into " + table + " values (" + places + ")")) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            statement.executeUpdate();
        }
    }
}
