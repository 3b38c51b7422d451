package io.retally.devkit.watch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reports that contradict each other in one snapshot.
 *
 * @param claim what does not hold
 * @param rows how many rows break it
 * @param first which row is the first of them, and the figures of both reports
 */
public record Violation(String claim, long rows, String first) {

    /** The current row of {@link Relation#violations}. */
    static Violation of(Relation relation, ResultSet row) throws SQLException {
        long rows = row.getLong(1);
        int column = 2;
        List<String> keys = new ArrayList<>();
        for (String key : relation.keys()) {
            keys.add(key + " " + row.getString(column++));
        }
        boolean stated = row.getBoolean(column++);
        boolean expected = row.getBoolean(column++);
        List<String> figures = new ArrayList<>();
        for (String figure : relation.figures()) {
            String first = row.getString(column++);
            String second = row.getString(column++);
            if (stated && expected && !String.valueOf(first).equals(String.valueOf(second))) {
                figures.add(figure + " is " + first + ", expected " + second);
            } else if (stated != expected) {
                figures.add(figure + " " + (stated ? first : second));
            }
        }
        String difference = stated == expected
                ? String.join("; ", figures)
                : "%s has no row, %s has %s"
                        .formatted(
                                stated ? relation.rows() : relation.stated(),
                                stated ? relation.stated() : relation.rows(),
                                String.join(", ", figures));
        return new Violation(relation.claim(), rows, String.join(", ", keys) + ": " + difference);
    }
}
