package io.retally.devkit.mongo;

/** What a change event reports, by the names that MongoDB gives. */
enum Operation {
    INSERT("insert"),
    UPDATE("update"),
    REPLACE("replace"),
    DELETE("delete"),
    DROP("drop"),
    DROP_DATABASE("dropDatabase");

    private final String wireName;

    Operation(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}
