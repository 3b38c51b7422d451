package io.retally.devkit.demo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.types.ObjectId;

/** Removes a contact in MongoDB and waits, however long it takes, until no published table has it. */
public final class ContactRemoval {
    private static final long PAUSE_MILLIS = 2;

    private final Connection connection;
    private final String mongodbUri;

    /** @param connection may read schema serving */
    public ContactRemoval(Connection connection, String mongodbUri) {
        this.connection = connection;
        this.mongodbUri = mongodbUri;
    }

    /**
     * A contact that was removed.
     *
     * @param rows that were published of it
     * @param tables that had them
     * @param enrolledInTotals of its programs, in one snapshot after it
     * @param enrolledReps rows of their reps, in that same snapshot
     * @param took from the deletion in MongoDB until no table had it, in one snapshot
     */
    public record Removed(
            String name, long rows, List<String> tables, long enrolledInTotals, long enrolledReps, Duration took) {}

    /** A rep that has done something. */
    private record Rep(String id, String name) {}

    /** Empty while no rep has rows in all the tables of one rep. */
    public Optional<Removed> remove() throws SQLException, InterruptedException {
        Optional<Rep> chosen = choose();
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        Rep rep = chosen.get();
        List<String> programs = programsOf(rep.id());
        List<String> tables = tablesWithContacts();
        long[] before = counts(tables, rep.id());
        Duration took = delete(rep.id(), tables);
        long[] enrolled = enrolled(programs);
        List<String> had = IntStream.range(0, before.length)
                .filter(i -> before[i] > 0)
                .mapToObj(tables::get)
                .toList();
        return Optional.of(new Removed(rep.name(), sum(before), had, enrolled[0], enrolled[1], took));
    }

    private Duration delete(String id, List<String> tables) throws SQLException, InterruptedException {
        try (MongoClient client = MongoClients.create(mongodbUri)) {
            MongoCollection<BsonDocument> contacts =
                    client.getDatabase("coaching").getCollection("contacts", BsonDocument.class);
            contacts.estimatedDocumentCount(); // the connection is there before the clock starts
            Instant begin = Instant.now();
            contacts.deleteOne(new BsonDocument("_id", new BsonObjectId(new ObjectId(id))));
            while (sum(counts(tables, id)) > 0) {
                Thread.sleep(PAUSE_MILLIS);
            }
            return Duration.between(begin, Instant.now());
        }
    }

    private Optional<Rep> choose() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select c.contact_id, c.name from serving.contact c
                        join serving.rep_program p using (contact_id) join serving.rep_lesson l using (contact_id)
                        group by 1, 2 order by count(*) desc, 1 limit 1""")) {
            return rows.next() ? Optional.of(new Rep(rows.getString(1), rows.getString(2))) : Optional.empty();
        }
    }

    private List<String> programsOf(String id) throws SQLException {
        List<String> programs = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement("select program_id from serving.rep_program where contact_id = ?")) {
            statement.setString(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    programs.add(rows.getString(1));
                }
            }
        }
        return programs;
    }

    /** By the totals, and by the rows that they are totals of. */
    private long[] enrolled(List<String> programs) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select (select coalesce(sum(reps_enrolled), 0) from serving.program_summary where program_id = any (p.ids)),
                       (select count(*) from serving.rep_program where program_id = any (p.ids))
                from (select ?::text[] as ids) p""")) {
            statement.setArray(1, connection.createArrayOf("text", programs.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new long[] {row.getLong(1), row.getLong(2)};
            }
        }
    }

    private List<String> tablesWithContacts() throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
                        where c.relnamespace = 'serving'::regnamespace and c.relkind = 'r' and a.attname = 'contact_id'
                        order by 1""")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    /** In one statement, and so in one snapshot. */
    private long[] counts(List<String> tables, String id) throws SQLException {
        String query = tables.stream()
                .map(table -> "(select count(*) from serving." + table + " where contact_id = i.id)")
                .collect(Collectors.joining(", ", "select ", " from (select ?::text as id) i"));
        long[] counts = new long[tables.size()];
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                for (int i = 0; i < counts.length; i++) {
                    counts[i] = row.getLong(i + 1);
                }
            }
        }
        return counts;
    }

    private static long sum(long[] counts) {
        return LongStream.of(counts).sum();
    }
}
