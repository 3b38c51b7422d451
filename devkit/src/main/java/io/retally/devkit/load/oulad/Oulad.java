package io.retally.devkit.load.oulad;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.LoadException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The chosen presentations of the Open University Learning Analytics Dataset as changes of documents: all documents
 * that interactions refer to, then the interactions of all presentations in the order of their time. The same folder and
 * choice give the same documents in the same order. Clicks are streamed: memory holds one day of them.
 */
public final class Oulad {

    private final Path folder;
    private final Map<String, Presentation> presentations;
    private final List<ChangeOfDocument> references;
    private final NavigableMap<LocalDate, List<Result>> results = new TreeMap<>();
    private final long interactions;

    private Oulad(Path folder, Map<String, Presentation> presentations) {
        this.folder = folder;
        this.presentations = presentations;
        Map<Integer, Assessment> assessments = readAssessments();
        this.references = new OuladReferences(folder, presentations, assessments).changes();
        long rows = readResults(assessments);
        long clicks = presentations.values().stream()
                .mapToLong(presentation -> ClickFile.count(folder, presentation))
                .sum();
        this.interactions = clicks + 2 * rows;
    }

    /**
     * Reads the tables, and the clicks once to count and check them: what is wrong with the files is found before
     * anything is loaded.
     *
     * @param names the presentations, such as GGG-2013J; none means all that have clicks
     * @throws LoadException if the folder is not the dataset's or a row is wrong
     */
    public static Oulad read(Path folder, List<String> names) {
        if (!Files.isDirectory(folder)) {
            throw new LoadException("There is no folder " + folder + ". Give the folder of the dataset's tables.");
        }
        Map<String, Presentation> all = readPresentations(folder);
        Map<String, Presentation> chosen = new TreeMap<>(all);
        if (!names.isEmpty()) {
            for (String name : names) {
                if (!all.containsKey(name)) {
                    throw new LoadException("There is no presentation " + name + " with clicks in " + folder
                            + ". There are: " + String.join(", ", all.keySet()) + ".");
                }
            }
            chosen.keySet().retainAll(names);
        }
        return new Oulad(folder, Collections.unmodifiableMap(chosen));
    }

    private static Map<String, Presentation> readPresentations(Path folder) {
        Map<String, Presentation> presentations = new TreeMap<>();
        try (OuladTable table =
                OuladTable.open(folder, "courses", "code_module", "code_presentation", "module_presentation_length")) {
            while (table.next()) {
                Presentation presentation = new Presentation(table.text(0), table.text(1), table.number(2));
                if (ClickFile.exists(folder, presentation.name())) {
                    presentations.put(presentation.name(), presentation);
                }
            }
        }
        return presentations;
    }

    /** The assessments of the chosen presentations. An exam without a date is at the presentation's end. */
    private Map<Integer, Assessment> readAssessments() {
        Map<Integer, Assessment> assessments = new HashMap<>();
        try (OuladTable table = OuladTable.open(
                folder,
                "assessments",
                "code_module",
                "code_presentation",
                "id_assessment",
                "assessment_type",
                "date",
                "weight")) {
            while (table.next()) {
                Presentation presentation = presentations.get(Presentation.name(table.text(0), table.text(1)));
                if (presentation != null) {
                    int id = table.number(2);
                    Integer day = table.numberIfAny(4);
                    assessments.put(
                            id,
                            new Assessment(
                                    id,
                                    presentation.name(),
                                    table.text(3),
                                    day == null ? presentation.lengthDays() : day));
                }
            }
        }
        return assessments;
    }

    private long readResults(Map<Integer, Assessment> assessments) {
        long rows = 0;
        try (OuladTable table = OuladTable.open(
                folder, "studentAssessment", "id_assessment", "id_student", "date_submitted", "is_banked", "score")) {
            while (table.next()) {
                Assessment assessment = assessments.get(table.number(0));
                if (assessment != null) {
                    Presentation presentation = Objects.requireNonNull(presentations.get(assessment.presentation()));
                    int day = table.number(2);
                    results.computeIfAbsent(presentation.date(day), date -> new ArrayList<>())
                            .add(new Result(presentation, assessment.id(), table.number(1), day, table.numberIfAny(4)));
                    rows++;
                }
            }
        }
        return rows;
    }

    public List<String> presentationNames() {
        return List.copyOf(presentations.keySet());
    }

    public long enrollments() {
        return references.stream()
                .filter(change -> change.collection() == Collection.ENROLLMENTS)
                .count();
    }

    /** How many interactions {@link #changes} has. */
    public long interactions() {
        return interactions;
    }

    /** All documents, as insertions. Each call reads the clicks anew. */
    public Iterator<ChangeOfDocument> changes() {
        return new Changes();
    }

    private final class Changes implements Iterator<ChangeOfDocument> {
        private final List<ClickFile> files;
        private Iterator<ChangeOfDocument> ready = references.iterator();
        private @Nullable LocalDate done;

        Changes() {
            files = presentations.values().stream()
                    .map(presentation -> new ClickFile(folder, presentation))
                    .toList();
        }

        @Override
        public boolean hasNext() {
            LocalDate date = done;
            while (!ready.hasNext() && (date = nextDate()) != null) {
                ready = day(date).changes();
                done = date;
            }
            return ready.hasNext();
        }

        @Override
        public ChangeOfDocument next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.next();
        }

        private @Nullable LocalDate nextDate() {
            LocalDate next = results.isEmpty() ? null : done == null ? results.firstKey() : results.higherKey(done);
            for (ClickFile file : files) {
                LocalDate date = file.date();
                if (date != null && (next == null || date.isBefore(next))) {
                    next = date;
                }
            }
            return next;
        }

        private Day day(LocalDate date) {
            Day day = new Day(date);
            for (ClickFile file : files) {
                if (date.equals(file.date())) {
                    file.addTo(day);
                }
            }
            results.getOrDefault(date, List.of()).forEach(day::addResult);
            return day;
        }
    }
}
