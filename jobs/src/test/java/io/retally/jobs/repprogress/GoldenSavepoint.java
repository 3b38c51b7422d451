package io.retally.jobs.repprogress;

import io.retally.core.document.Collection;
import io.retally.core.document.Origin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A savepoint with all that it stands beside, unpacked: {@code savepoint/}; {@code logs}, a line for each message written until
 * then (collection, origin, partition, key, value); {@code tables/SCHEMA.TABLE}, the columns in a first line and rows as COPY
 * writes them.
 */
record GoldenSavepoint(Path folder) {

    private static final String NOTHING = "-";

    static GoldenSavepoint unpack(Path file, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path to = folder.resolve(entry.getName());
                Files.createDirectories(Optional.ofNullable(to.getParent()).orElseThrow());
                Files.copy(zip, to);
            }
        }
        return new GoldenSavepoint(folder);
    }

    static void pack(Path savepoint, KafkaAndPostgres ends, Path file) throws IOException, SQLException {
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(savepoint)) {
            for (Path part : files.filter(Files::isRegularFile).sorted().toList()) {
                add(zip, "savepoint/" + savepoint.relativize(part), Files.readAllBytes(part));
            }
            StringBuilder logs = new StringBuilder();
            ends.logs().all().forEach(placed -> logs.append(line(placed)).append('\n'));
            add(zip, "logs", logs.toString().getBytes(StandardCharsets.UTF_8));
            try (Connection connection = ends.connect()) {
                for (String table : tables(connection)) {
                    add(zip, "tables/" + table, rows(connection, table));
                }
            }
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    Path savepoint() {
        return folder.resolve("savepoint");
    }

    private static String line(WrittenLogs.Placed placed) {
        RandomChangeLog.Message message = placed.message();
        return String.join(
                " ",
                message.collection().name(),
                message.origin().name(),
                Integer.toString(placed.partition().partition()),
                text(message.key()),
                text(message.value()));
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? NOTHING : "=" + Base64.getEncoder().encodeToString(bytes);
    }

    private static byte @Nullable [] bytes(String text) {
        return text.equals(NOTHING) ? null : Base64.getDecoder().decode(text.substring(1));
    }

    /** Writes the messages to where they were, so that the savepoint's offsets are those of these logs. */
    void restoreLogs(WrittenLogs logs) throws Exception {
        for (String line : Files.readAllLines(folder.resolve("logs"))) {
            String[] words = line.split(" ", -1);
            logs.write(
                    new RandomChangeLog.Message(
                            Collection.valueOf(words[0]), Origin.valueOf(words[1]), bytes(words[3]), bytes(words[4])),
                    Integer.valueOf(words[2]));
        }
    }

    /** Fills the tables as the savepoint's epoch was published; columns that were added since have their defaults. */
    void restoreTables(KafkaAndPostgres ends) throws IOException, SQLException {
        try (Connection connection = ends.connect();
                Statement statement = connection.createStatement();
                Stream<Path> tables = Files.list(folder.resolve("tables"))) {
            for (Path table : tables.toList()) {
                String text = Files.readString(table);
                int end = text.indexOf('\n');
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "copy %s (%s) from stdin".formatted(table.getFileName(), text.substring(0, end)),
                                new java.io.StringReader(text.substring(end + 1)));
            }
            // Numbers of chunks are never used twice.
            statement.execute("select setval('staging.chunk_id', 1000000)");
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        return strings(
                connection,
                "select schemaname || '.' || tablename from pg_tables where schemaname in ('serving', 'staging')");
    }

    private static byte[] rows(Connection connection, String table) throws SQLException, IOException {
        String columns = String.join(
                ", ",
                strings(
                        connection,
                        "select attname from pg_attribute where attrelid = '%s'::regclass and attnum > 0 and not attisdropped order by attnum"
                                .formatted(table)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write((columns + "\n").getBytes(StandardCharsets.UTF_8));
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy %s (%s) to stdout".formatted(table, columns), out);
        return out.toByteArray();
    }

    private static List<String> strings(Connection connection, String query) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }
}
