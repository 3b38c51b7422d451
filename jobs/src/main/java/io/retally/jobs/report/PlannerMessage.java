package io.retally.jobs.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Flink's planner says is wrong, in a line, with its place and what to do.
 *
 * @param place as the planner gives it; null if it gives none
 */
record PlannerMessage(SqlText.@Nullable Place place, String message, String nextStep) {

    private static final Pattern PLACE = Pattern.compile("(?:From|[Aa]t)?\\s*line (\\d+), column (\\d+)");
    private static final Pattern RANGE =
            Pattern.compile("(?:From line \\d+, column \\d+ to )?(?:[Aa]t )?line \\d+, column \\d+\\s*:?\\s*");
    private static final Pattern EXPECTING = Pattern.compile("(?s)Was expecting (?:one of)?:?(.*)");
    private static final int EXPECTED_SHOWN = 8;

    /** By a piece of the planner's message, in the order in which they are tried. */
    private static final Map<Pattern, String> NEXT_STEPS = new LinkedHashMap<>();

    static {
        next("Object '.*' not found", "use a table or view of sql/flink/catalog.sql, or create the view before");
        next("Column '.*' not found", "see the columns in sql/flink/catalog.sql");
        next("No match found for function", "see the functions in docs/udfs.md and in Flink's documentation, and CAST");
        next(
                "Encountered|Lexical error|Non-query expression",
                "correct it; a name that is a keyword, such as `at`, needs backticks");
        next(
                "(?i)column types of query result and sink",
                "give the SELECT the columns of CREATE TABLE, in that order, and CAST them to its types");
        next("already exists", "choose another name");
        next("Missing required options are:\\s+collection", "name it: WITH ('collection' = '…') LIKE mongodb");
        next(
                "doesn't support consuming update",
                "declare PRIMARY KEY (...) NOT ENFORCED, the columns that tell the table's rows apart");
        next("Unsupported type", "CAST the column to a type that docs/sql.md names");
        next(
                "Cannot discover a connector|LIKE|Source table",
                "declare it LIKE postgres or LIKE mongodb, see catalog.sql");
        next("", "change the statement; docs/sql.md has examples that work");
    }

    private static void next(String said, String step) {
        NEXT_STEPS.put(Pattern.compile(said), step);
    }

    static PlannerMessage of(Throwable failure) {
        SqlText.Place place = null;
        StringBuilder whole = new StringBuilder();
        String deepest = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message == null || message.isBlank()) {
                continue;
            }
            Matcher found = PLACE.matcher(message);
            if (place == null && found.find()) {
                place = new SqlText.Place(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)));
            }
            whole.append(message).append('\n');
            deepest = message;
        }
        String said = whole.toString();
        String nextStep = NEXT_STEPS.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(said).find())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        return new PlannerMessage(place, shortened(deepest), nextStep);
    }

    private static String shortened(String message) {
        Matcher expecting = EXPECTING.matcher(message);
        String expected = "";
        String said = message;
        if (expecting.find()) {
            said = message.substring(0, expecting.start());
            expected = expecting
                    .group(1)
                    .lines()
                    .map(line -> line.replace("...", "").strip())
                    .filter(line -> !line.isEmpty())
                    .limit(EXPECTED_SHOWN)
                    .reduce((a, b) -> a + ", " + b)
                    .map(all -> "; expected is " + all)
                    .orElse("");
        }
        String line =
                RANGE.matcher(said).replaceAll(" ").replaceAll("\\s+", " ").strip();
        return (line + expected).replaceAll("\\.$", "");
    }

    /** The problem in the statement's file; at the statement's begin if the planner gives no place. */
    Problem at(BoundStatement statement) {
        SqlText.Place there = place == null ? statement.begin() : statement.place(place.line(), place.column());
        return new Problem(statement.file(), there.line(), there.column(), message, nextStep);
    }
}
