package io.retally.jobs.report;

import static org.apache.flink.table.api.DataTypes.ARRAY;
import static org.apache.flink.table.api.DataTypes.BOOLEAN;
import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.apache.flink.table.api.DataTypes.INT;
import static org.apache.flink.table.api.DataTypes.ROW;
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.apache.flink.table.api.DataTypes.TIMESTAMP_LTZ;

import io.retally.core.document.Account;
import io.retally.core.document.Collection;
import io.retally.core.document.Contact;
import io.retally.core.document.Document;
import io.retally.core.document.DocumentCodec;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.document.Lesson;
import io.retally.core.document.Program;
import io.retally.core.document.Team;
import io.retally.documents.ServedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.jspecify.annotations.Nullable;

/**
 * The current documents as tables: those of the contract's schema {@code source}, with its columns. A lesson is an element of
 * its program's array and has a row of its own.
 */
enum DocumentTable {
    ACCOUNT(Collection.ACCOUNTS, id(), text("name"), text("time_zone")),
    TEAM(Collection.TEAMS, id(), text("account_id"), text("name"), optional("parent_team_id", STRING())),
    CONTACT(
            Collection.CONTACTS,
            id(),
            text("account_id"),
            optional("team_id", STRING()),
            text("name"),
            optional("removed_at", TIMESTAMP_LTZ(3))),
    PROGRAM(Collection.PROGRAMS, id(), text("account_id"), text("name"), text("kind"), given("pass_percent", INT())),
    LESSON(
            Collection.PROGRAMS,
            text("program_id"),
            id(),
            given("ordinal", INT()),
            text("title"),
            given("video_seconds", INT()),
            given("required", BOOLEAN()),
            given("question_ids", ARRAY(STRING()))),
    ENROLLMENT(
            Collection.ENROLLMENTS,
            id(),
            text("account_id"),
            text("contact_id"),
            text("program_id"),
            given("enrolled_at", TIMESTAMP_LTZ(3)),
            optional("due_at", TIMESTAMP_LTZ(3)),
            optional("withdrawn_at", TIMESTAMP_LTZ(3))),
    INTERACTION(
            Collection.INTERACTIONS,
            id(),
            text("account_id"),
            text("contact_id"),
            text("program_id"),
            text("lesson_id"),
            text("verb"),
            given("at", TIMESTAMP_LTZ(3)),
            optional("segment", INT()),
            optional("question_id", STRING()),
            optional("choice", STRING()),
            optional("correct", BOOLEAN()));

    private final Collection collection;
    private final DataType rowType;

    DocumentTable(Collection collection, DataTypes.Field... columns) {
        this.collection = collection;
        this.rowType = ROW(columns).notNull();
    }

    /** The table of this name in SQL. */
    static DocumentTable named(String name) {
        return Arrays.stream(values())
                .filter(table -> table.tableName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no table of documents '" + name + "', but "
                        + Arrays.stream(values()).map(DocumentTable::tableName).collect(Collectors.joining(", "))));
    }

    String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    Collection collection() {
        return collection;
    }

    /** The columns, in the order of {@link #rows}. */
    DataType rowType() {
        return rowType;
    }

    /** The columns that tell rows apart. */
    List<String> primaryKey() {
        return this == LESSON ? List.of("program_id", "id") : List.of("id");
    }

    /** The rows that a document's image gives; none if it is null. */
    List<GenericRowData> rows(String id, byte @Nullable [] image) {
        if (image == null) {
            return List.of();
        }
        Document document = DocumentCodec.fromBytes(collection, id, image);
        if (document instanceof Program program && this == LESSON) {
            List<GenericRowData> rows = new ArrayList<>();
            for (Lesson lesson : program.lessons()) {
                rows.add(lesson(program, lesson, rows.size() + 1));
            }
            return rows;
        }
        return List.of(row(document));
    }

    private static GenericRowData row(Document document) {
        if (document instanceof Account it) {
            return GenericRowData.of(string(it.id()), string(it.name()), string(it.timeZone()));
        } else if (document instanceof Team it) {
            return GenericRowData.of(
                    string(it.id()), string(it.accountId()), string(it.name()), string(it.parentTeamId()));
        } else if (document instanceof Contact it) {
            return GenericRowData.of(
                    string(it.id()),
                    string(it.accountId()),
                    string(it.teamId()),
                    string(it.name()),
                    time(it.removedAt()));
        } else if (document instanceof Program it) {
            return GenericRowData.of(
                    string(it.id()), string(it.accountId()), string(it.name()), string(it.kind()), it.passPercent());
        } else if (document instanceof Enrollment it) {
            return GenericRowData.of(
                    string(it.id()),
                    string(it.accountId()),
                    string(it.contactId()),
                    string(it.programId()),
                    time(it.enrolledAt()),
                    time(it.dueAt()),
                    time(it.withdrawnAt()));
        }
        Interaction it = (Interaction) document;
        String choice = it.choice();
        return GenericRowData.of(
                string(it.id()),
                string(it.accountId()),
                string(it.contactId()),
                string(it.programId()),
                string(it.lessonId()),
                string(it.verb().verbName()),
                time(it.at()),
                it.segment(),
                string(it.questionId()),
                choice == null ? null : string(ServedText.of(choice)),
                it.correct());
    }

    private static GenericRowData lesson(Program program, Lesson lesson, int ordinal) {
        return GenericRowData.of(
                string(program.id()),
                string(lesson.id()),
                ordinal,
                string(lesson.title()),
                lesson.videoSeconds(),
                lesson.required(),
                new GenericArrayData(lesson.questionIds().stream()
                        .map(StringData::fromString)
                        .toArray()));
    }

    private static @Nullable StringData string(@Nullable String text) {
        return text == null ? null : StringData.fromString(text);
    }

    private static @Nullable TimestampData time(@Nullable Long millis) {
        return millis == null ? null : TimestampData.fromEpochMillis(millis);
    }

    private static DataTypes.Field id() {
        return text("id");
    }

    private static DataTypes.Field text(String name) {
        return given(name, STRING());
    }

    private static DataTypes.Field given(String name, DataType type) {
        return FIELD(name, type.notNull());
    }

    private static DataTypes.Field optional(String name, DataType type) {
        return FIELD(name, type);
    }
}
