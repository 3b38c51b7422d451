package io.retally.bench.query;

/**
 * A question about something.
 *
 * @param program of the account; the other ids are of what is in it
 * @param column that reps are sorted by, in this direction
 */
record Asking(
        Question question,
        String account,
        String program,
        String team,
        String contact,
        String lesson,
        String column,
        String direction) {

    /**
     * The value of a parameter in a file of SQL.
     *
     * @param now of an engine that is told which time it is
     */
    String value(String parameter, String now) {
        return switch (parameter) {
            case "account" -> account;
            case "program" -> program;
            case "team" -> team;
            case "contact" -> contact;
            case "lesson" -> lesson;
            case "as_of" -> now;
            default ->
                throw new IllegalArgumentException(question + " has a parameter that nobody knows: " + parameter);
        };
    }
}
