package io.retally.devkit.load.oulad;

import io.retally.devkit.load.LoadException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The clicks of one presentation, read day by day: the rows must rise by date. */
final class ClickFile implements AutoCloseable {

    private static final String FOLDER = "studentVle";
    private static final int STUDENT = 0;
    private static final int SITE = 1;
    private static final int DAY = 2;
    private static final int CLICKS = 3;

    private final Presentation presentation;
    private final OuladTable table;
    private @Nullable Integer day;

    ClickFile(Path folder, Presentation presentation) {
        this.presentation = presentation;
        this.table = OuladTable.open(
                folder.resolve(FOLDER), presentation.name(), "id_student", "id_site", "date", "sum_click");
        this.day = table.next() ? (Integer) table.number(DAY) : null;
    }

    static boolean exists(Path folder, String presentation) {
        return OuladTable.exists(folder.resolve(FOLDER), presentation);
    }

    /** The clicks of all rows; reads the file once, and so finds out whether it is whole and sorted. */
    static long count(Path folder, Presentation presentation) {
        try (ClickFile file = new ClickFile(folder, presentation)) {
            long clicks = 0;
            while (file.day != null) {
                clicks += file.table.number(CLICKS);
                file.next();
            }
            return clicks;
        }
    }

    /** The date of the next rows, or null at the end. */
    @Nullable
    LocalDate date() {
        return day == null ? null : presentation.date(day);
    }

    /** Adds the rows of {@link #date} and goes to the next date. */
    void addTo(Day clicks) {
        Integer today = day;
        while (today != null && today.equals(day)) {
            clicks.addClicks(presentation, table.number(STUDENT), table.number(SITE), today, table.number(CLICKS));
            next();
        }
    }

    private void next() {
        Integer before = day;
        day = table.next() ? (Integer) table.number(DAY) : null;
        if (before != null && day != null && day < before) {
            throw notSorted();
        }
    }

    private LoadException notSorted() {
        return table.wrong("its date is before that of the row above; the rows must rise by date");
    }

    @Override
    public void close() {
        table.close();
    }
}
