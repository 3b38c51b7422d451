package io.retally.core.serving;

import io.retally.core.document.Account;
import io.retally.core.document.Contact;
import io.retally.core.document.Document;
import io.retally.core.document.Lesson;
import io.retally.core.document.Program;
import io.retally.core.document.Team;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of the dimension tables: each is a document, or a lesson of a program's document, as it stands. */
public final class Dimensions {

    private Dimensions() {}

    /** Hands out the rows that change when a document is now {@code after} where it was {@code before}; null: absent. */
    public static void change(@Nullable Document before, @Nullable Document after, Consumer<Row> out) {
        Map<RowKey, Row> rowsBefore = rows(before);
        Map<RowKey, Row> rowsAfter = rows(after);
        rowsBefore.forEach((key, row) -> {
            if (!rowsAfter.containsKey(key)) {
                out.accept(row.deletion());
            }
        });
        rowsAfter.forEach((key, row) -> {
            if (!row.equals(rowsBefore.get(key))) {
                out.accept(row);
            }
        });
    }

    private static Map<RowKey, Row> rows(@Nullable Document document) {
        Map<RowKey, Row> rows = new LinkedHashMap<>();
        Consumer<Row> add = row -> rows.put(RowKey.of(row), row);
        if (document instanceof Account account) {
            add.accept(Row.of(ServingTable.ACCOUNT, account.id(), account.name(), account.timeZone()));
        } else if (document instanceof Team team) {
            add.accept(Row.of(ServingTable.TEAM, team.id(), team.accountId(), team.name(), team.parentTeamId()));
        } else if (document instanceof Contact contact && contact.removedAt() == null) {
            add.accept(
                    Row.of(ServingTable.CONTACT, contact.id(), contact.accountId(), contact.teamId(), contact.name()));
        } else if (document instanceof Program program) {
            add.accept(Row.of(
                    ServingTable.PROGRAM,
                    program.id(),
                    program.accountId(),
                    program.name(),
                    program.kind(),
                    program.passPercent()));
            int ordinal = 0;
            for (Lesson lesson : program.lessons()) {
                ordinal++;
                add.accept(Row.of(
                        ServingTable.LESSON,
                        program.id(),
                        lesson.id(),
                        program.accountId(),
                        ordinal,
                        lesson.title(),
                        lesson.videoSeconds(),
                        lesson.required(),
                        lesson.segmentsTotal(),
                        lesson.questionsTotal()));
            }
        }
        return rows;
    }
}
