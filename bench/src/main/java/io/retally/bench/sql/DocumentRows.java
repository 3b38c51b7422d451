package io.retally.bench.sql;

import io.retally.core.document.Account;
import io.retally.core.document.Collection;
import io.retally.core.document.Contact;
import io.retally.core.document.Document;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.document.Lesson;
import io.retally.core.document.Program;
import io.retally.core.document.Team;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.table.api.Schema;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** The documents of a collection as rows of a changelog, whose key is the id; times are milliseconds since 1970 UTC. */
final class DocumentRows {
    private static final TypeInformation<Row> LESSON = Types.ROW_NAMED(
            new String[] {"lesson_id", "ordinal", "title", "video_seconds", "required", "segments_total", "question_ids"
            },
            Types.STRING,
            Types.INT,
            Types.STRING,
            Types.INT,
            Types.BOOLEAN,
            Types.INT,
            Types.OBJECT_ARRAY(Types.STRING));

    private DocumentRows() {}

    private record Column(String name, TypeInformation<?> type, String sqlType) {}

    private static Column text(String name) {
        return new Column(name, Types.STRING, "STRING");
    }

    private static Column millis(String name) {
        return new Column(name, Types.LONG, "BIGINT");
    }

    /** The id comes first. */
    private static List<Column> columns(Collection collection) {
        return switch (collection) {
            case ACCOUNTS -> List.of(text("id"), text("name"), text("time_zone"));
            case TEAMS -> List.of(text("id"), text("account_id"), text("name"), text("parent_team_id"));
            case CONTACTS ->
                List.of(text("id"), text("account_id"), text("name"), text("team_id"), millis("removed_at"));
            case PROGRAMS ->
                List.of(
                        text("id"),
                        text("account_id"),
                        text("name"),
                        text("kind"),
                        new Column("pass_percent", Types.INT, "INT"),
                        new Column(
                                "lessons",
                                Types.OBJECT_ARRAY(LESSON),
                                "ARRAY<ROW<lesson_id STRING, ordinal INT, title STRING, video_seconds INT, required BOOLEAN, "
                                        + "segments_total INT, question_ids ARRAY<STRING>>>"));
            case ENROLLMENTS ->
                List.of(
                        text("id"),
                        text("account_id"),
                        text("contact_id"),
                        text("program_id"),
                        millis("enrolled_at"),
                        millis("due_at"),
                        millis("withdrawn_at"));
            case INTERACTIONS ->
                List.of(
                        text("id"),
                        text("account_id"),
                        text("contact_id"),
                        text("program_id"),
                        text("lesson_id"),
                        text("verb"),
                        millis("at_millis"),
                        new Column("segment", Types.INT, "INT"),
                        text("question_id"),
                        new Column("correct", Types.BOOLEAN, "BOOLEAN"));
        };
    }

    static OutputTag<Row> tag(Collection collection) {
        List<Column> columns = columns(collection);
        return new OutputTag<>(
                collection.collectionName(),
                Types.ROW_NAMED(
                        columns.stream().map(Column::name).toArray(String[]::new),
                        columns.stream().map(Column::type).toArray(TypeInformation<?>[]::new)));
    }

    static Schema schema(Collection collection) {
        Schema.Builder schema = Schema.newBuilder();
        for (Column column : columns(collection)) {
            // A deletion has nothing but the key.
            schema.column(column.name(), column.name().equals("id") ? "STRING NOT NULL" : column.sqlType());
        }
        return schema.primaryKey("id").build();
    }

    /** @param document null if there is none of that id any more */
    static Row row(Collection collection, String id, @Nullable Document document) {
        if (document == null) {
            Row row = new Row(RowKind.DELETE, columns(collection).size());
            row.setField(0, id);
            return row;
        }
        Row row = row(document);
        row.setKind(RowKind.UPDATE_AFTER);
        return row;
    }

    private static Row row(Document document) {
        if (document instanceof Interaction interaction) {
            return Row.of(
                    interaction.id(),
                    interaction.accountId(),
                    interaction.contactId(),
                    interaction.programId(),
                    interaction.lessonId(),
                    interaction.verb().verbName(),
                    interaction.at(),
                    interaction.segment(),
                    interaction.questionId(),
                    interaction.correct());
        }
        if (document instanceof Enrollment enrollment) {
            return Row.of(
                    enrollment.id(),
                    enrollment.accountId(),
                    enrollment.contactId(),
                    enrollment.programId(),
                    enrollment.enrolledAt(),
                    enrollment.dueAt(),
                    enrollment.withdrawnAt());
        }
        if (document instanceof Contact contact) {
            return Row.of(contact.id(), contact.accountId(), contact.name(), contact.teamId(), contact.removedAt());
        }
        if (document instanceof Program program) {
            return Row.of(
                    program.id(),
                    program.accountId(),
                    program.name(),
                    program.kind(),
                    program.passPercent(),
                    lessons(program.lessons()));
        }
        if (document instanceof Team team) {
            return Row.of(team.id(), team.accountId(), team.name(), team.parentTeamId());
        }
        Account account = (Account) document;
        return Row.of(account.id(), account.name(), account.timeZone());
    }

    private static Row[] lessons(List<Lesson> lessons) {
        return IntStream.range(0, lessons.size())
                .mapToObj(place -> {
                    Lesson lesson = lessons.get(place);
                    return Row.of(
                            lesson.id(),
                            place + 1,
                            lesson.title(),
                            lesson.videoSeconds(),
                            lesson.required(),
                            lesson.segmentsTotal(),
                            lesson.questionIds().toArray(String[]::new));
                })
                .toArray(Row[]::new);
    }
}
