package io.retally.bench.query;

import io.retally.devkit.stack.StackException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What there is to ask about: for all of it every question has an answer. */
record Catalogue(List<Item> items) {
    Catalogue {
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new StackException("the company has done too little to be asked about", "give more --interactions");
        }
    }

    /**
     * An account and its only program.
     *
     * @param teams with reps who have opened a lesson and not passed it
     * @param contacts who did anything
     * @param lessons with a video that somebody watched
     */
    record Item(String account, String program, List<String> teams, List<String> contacts, List<String> lessons) {
        Item {
            teams = List.copyOf(teams);
            contacts = List.copyOf(contacts);
            lessons = List.copyOf(lessons);
        }

        boolean isComplete() {
            return !teams.isEmpty() && !contacts.isEmpty() && !lessons.isEmpty();
        }
    }

    static Catalogue read(Connection serving) throws SQLException {
        List<Item> items = new ArrayList<>();
        Set<String> accounts = new HashSet<>();
        try (Statement statement = serving.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select account_id, program_id from serving.program_summary order by program_id")) {
            while (rows.next()) {
                String account = rows.getString(1);
                String program = rows.getString(2);
                if (!accounts.add(account)) {
                    throw new IllegalStateException("account " + account + " has several programs");
                }
                Item item = new Item(
                        account,
                        program,
                        ids(serving, program, """
                                select distinct team_id from serving.rep_lesson
                                where program_id = ? and team_id is not null and opened_at is not null and not passed
                                order by 1"""),
                        ids(
                                serving,
                                program,
                                "select distinct contact_id from serving.rep_lesson where program_id = ? order by 1"),
                        ids(
                                serving,
                                program,
                                "select distinct lesson_id from serving.lesson_segment where program_id = ? order by 1"));
                if (item.isComplete()) {
                    items.add(item);
                }
            }
        }
        return new Catalogue(items);
    }

    private static List<String> ids(Connection serving, String program, String query) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (PreparedStatement statement = serving.prepareStatement(query)) {
            statement.setString(1, program);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
        }
        return ids;
    }

    /** Any question about anything. */
    Asking draw(Random random) {
        return draw(oneOf(List.of(Question.values()), random), random);
    }

    /** A question about anything. */
    Asking draw(Question question, Random random) {
        Item item = oneOf(items, random);
        return new Asking(
                question,
                item.account(),
                item.program(),
                oneOf(item.teams(), random),
                oneOf(item.contacts(), random),
                oneOf(item.lessons(), random),
                oneOf(Question.COLUMNS, random),
                random.nextBoolean() ? "asc" : "desc");
    }

    private static <T> T oneOf(List<T> choice, Random random) {
        return choice.get(random.nextInt(choice.size()));
    }
}
