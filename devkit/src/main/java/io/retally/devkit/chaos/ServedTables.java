package io.retally.devkit.chaos;

import io.retally.oracle.ContractSql;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;

/** Every serving table as a file, a line a row, in an order that follows from the rows alone. */
final class ServedTables {
    private ServedTables() {}

    /** Returns how many rows there are. */
    static long write(Connection connection, Path folder) throws SQLException, IOException {
        Files.createDirectories(folder);
        long rows = 0;
        for (String table : ContractSql.servedTables()) {
            String sql = "copy (select t::text from serving." + table + " t order by t::text collate \"C\") to stdout";
            try (OutputStream file = Files.newOutputStream(folder.resolve(table))) {
                rows += connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, file);
            }
        }
        return rows;
    }

    /** The first difference between two folders, for people; empty when there is none. */
    static Optional<String> difference(Path one, Path other) throws IOException {
        for (String table : ContractSql.servedTables()) {
            if (Files.mismatch(one.resolve(table), other.resolve(table)) >= 0) {
                return Optional.of(table + ": "
                        + firstDifference(
                                Files.readAllLines(one.resolve(table)), Files.readAllLines(other.resolve(table))));
            }
        }
        return Optional.empty();
    }

    private static String firstDifference(List<String> one, List<String> other) {
        int line = 0;
        while (line < one.size() && line < other.size() && one.get(line).equals(other.get(line))) {
            line++;
        }
        return "%,d rows and %,d; row %,d is %s and %s"
                .formatted(one.size(), other.size(), line + 1, at(one, line), at(other, line));
    }

    private static String at(List<String> lines, int line) {
        return line < lines.size() ? lines.get(line) : "missing";
    }
}
