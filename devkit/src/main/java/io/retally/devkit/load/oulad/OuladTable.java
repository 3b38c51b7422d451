package io.retally.devkit.load.oulad;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.retally.devkit.load.LoadException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** One table of the dataset, read row by row from {@code NAME.csv.gz} or {@code NAME.csv}; its columns are checked. */
final class OuladTable implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final CloseableIterator<CsvRecord> rows;
    private final int width;
    private @Nullable CsvRecord row;

    private OuladTable(Path file, CloseableIterator<CsvRecord> rows, int width) {
        this.file = file;
        this.rows = rows;
        this.width = width;
    }

    /** Opens the table {@code name} of {@code folder}, which must have exactly these columns. */
    static OuladTable open(Path folder, String name, String... columns) {
        Path file = file(folder, name);
        try {
            InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
            if (file.toString().endsWith(".gz")) {
                bytes = new GZIPInputStream(bytes, BUFFER);
            }
            OuladTable table = new OuladTable(
                    file,
                    CsvReader.builder()
                            .ofCsvRecord(new InputStreamReader(bytes, UTF_8))
                            .iterator(),
                    columns.length);
            List<String> header = table.rows.hasNext() ? table.rows.next().getFields() : List.of();
            if (!header.equals(List.of(columns))) {
                table.close();
                throw new LoadException(file + " has the columns " + header + ", not " + List.of(columns)
                        + ". Is this the dataset's folder?");
            }
            return table;
        } catch (IOException unreadable) {
            throw new LoadException(
                    "Cannot read " + file + ": " + unreadable.getMessage() + ". Is the file whole?", unreadable);
        }
    }

    /** Whether the folder has this table. */
    static boolean exists(Path folder, String name) {
        return Files.exists(folder.resolve(name + ".csv.gz")) || Files.exists(folder.resolve(name + ".csv"));
    }

    private static Path file(Path folder, String name) {
        Path zipped = folder.resolve(name + ".csv.gz");
        Path plain = folder.resolve(name + ".csv");
        if (!Files.exists(zipped) && !Files.exists(plain)) {
            throw new LoadException("There is no " + zipped + ". Is " + folder + " the dataset's folder?");
        }
        return Files.exists(zipped) ? zipped : plain;
    }

    /** Goes to the next row; false if there is none. */
    boolean next() {
        try {
            if (!rows.hasNext()) {
                row = null;
                return false;
            }
            row = rows.next();
        } catch (UncheckedIOException unreadable) {
            throw new LoadException(
                    "Cannot read " + file + ": " + unreadable.getMessage() + ". Is the file whole?", unreadable);
        }
        if (row.getFieldCount() != width) {
            throw wrong("it has " + row.getFieldCount() + " fields, not " + width);
        }
        return true;
    }

    String text(int column) {
        return row().getField(column);
    }

    int number(int column) {
        String text = text(column);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notWhole) {
            throw wrong("'" + text + "' is no whole number");
        }
    }

    /** The number, or null if the field is empty. */
    @Nullable
    Integer numberIfAny(int column) {
        return text(column).isEmpty() ? null : number(column);
    }

    /** What is wrong with the current row. */
    LoadException wrong(String what) {
        return new LoadException(file + ", line " + row().getStartingLineNumber() + ": " + what
                + ". Correct the file, or leave its presentation out with --presentation.");
    }

    private CsvRecord row() {
        if (row == null) {
            throw new IllegalStateException("no row: call next() first");
        }
        return row;
    }

    @Override
    public void close() {
        try {
            rows.close();
        } catch (IOException ignored) {
            throw new UncheckedIOException(ignored);
        }
    }
}
