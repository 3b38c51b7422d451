package io.retally.devkit.watch;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Two reports that must agree: the same figures, found in two ways. Both are queries over schema serving that name
 * {@value #SCOPE} where rows of one program can be taken out.
 *
 * @param stated the report that states the figures, for people
 * @param rows what they must follow from, for people
 * @param keys columns of both queries that say which row it is, never null
 * @param figures columns of both queries that must be equal
 * @param match which rows must have a counterpart
 */
record Relation(
        String stated,
        String rows,
        List<String> keys,
        List<String> figures,
        Match match,
        String statedSql,
        String expectedSql) {
    static final String SCOPE = "{scope}";

    enum Match {
        /** Each row on either side has its counterpart. */
        BOTH("full join"),
        /** Each stated row has; the other side may have more. */
        STATED("left join");

        private final String join;

        Match(String join) {
            this.join = join;
        }
    }

    Relation {
        keys = List.copyOf(keys);
        figures = List.copyOf(figures);
    }

    /** For people: what is being claimed. */
    String claim() {
        return stated + " agrees with " + rows;
    }

    /**
     * The first row that breaks it, if any: how many do, the keys, whether it is stated, whether it is expected, and of each
     * figure what is stated and what is expected.
     *
     * @param oneProgram only rows of the program that is every parameter
     */
    String violations(boolean oneProgram) {
        String by = keys.stream().map(key -> "s." + key + " = e." + key).collect(Collectors.joining(" and "));
        String names = keys.stream()
                .map(key -> "coalesce(s." + key + ", e." + key + ")::text")
                .collect(Collectors.joining(", "));
        String pairs = figures.stream()
                .map(figure -> "s." + figure + "::text, e." + figure + "::text")
                .collect(Collectors.joining(", "));
        String differs = figures.stream()
                .map(figure -> "s." + figure + " is distinct from e." + figure)
                .collect(Collectors.joining(" or "));
        String key = keys.get(0);
        return """
                select count(*) over (), %s, s.%s is not null, e.%s is not null, %s
                from (%s) s %s (%s) e on %s
                where s.%s is null or e.%s is null or %s limit 1""".formatted(names, key, key, pairs, statedSql, match.join, expectedSql, by, key, key, differs)
                .replace(SCOPE, oneProgram ? "program_id = ?" : "true");
    }
}
