package io.retally.oracle;

import java.util.List;
import java.util.Locale;

/** A table of the contract's schema {@code source}, with its columns in order. */
public enum SourceTable {
    ACCOUNT("id", "name", "time_zone"),
    TEAM("id", "account_id", "name", "parent_team_id"),
    CONTACT("id", "account_id", "team_id", "name", "removed_at"),
    PROGRAM("id", "account_id", "name", "kind", "pass_percent"),
    LESSON("program_id", "id", "ordinal", "title", "video_seconds", "required", "question_ids"),
    ENROLLMENT("id", "account_id", "contact_id", "program_id", "enrolled_at", "due_at", "withdrawn_at"),
    INTERACTION(
            "id",
            "account_id",
            "contact_id",
            "program_id",
            "lesson_id",
            "verb",
            "at",
            "segment",
            "question_id",
            "choice",
            "correct");

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes no other
    private final List<String> columns;

    SourceTable(String... columns) {
        this.columns = List.of(columns);
    }

    /** Its name within schema {@code source}. */
    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public List<String> columns() {
        return columns;
    }
}
