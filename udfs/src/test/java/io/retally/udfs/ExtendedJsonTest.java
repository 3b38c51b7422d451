package io.retally.udfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Program;
import io.retally.core.ledger.Plan;
import io.retally.core.serving.Dimensions;
import io.retally.core.serving.ServingTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.table.functions.TableFunction;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Functions of extended JSON. How the text itself is understood is tried where it is read, in module documents. */
class ExtendedJsonTest {

    private static final String TEXT = """
            {"s": "a\\u0000b", "id": {"$oid": "65B2F0A1C3D4E5F601234567"}, "yes": true, "n": {"$numberLong": "80"},
             "d": 0.5, "at": {"$date": 1700000000000}, "a": [1, {"x": "y"}, "z"], "nothing": null}""";

    @Example
    void valuesAreTyped() {
        assertThat(new EjsonString().eval(TEXT, "s")).isEqualTo("a\uFFFDb");
        assertThat(new EjsonString().eval(TEXT, "a.1.x")).isEqualTo("y");
        assertThat(new EjsonId().eval(TEXT, "id")).isEqualTo("65b2f0a1c3d4e5f601234567");
        assertThat(new EjsonId().eval(TEXT, "n")).isEqualTo("80");
        assertThat(new EjsonBoolean().eval(TEXT, "yes")).isTrue();
        assertThat(new EjsonBigint().eval(TEXT, "n")).isEqualTo(80);
        assertThat(new EjsonDouble().eval(TEXT, "d")).isEqualTo(0.5);
        assertThat(new EjsonDouble().eval(TEXT, "n")).isEqualTo(80);
        assertThat(new EjsonTimestamp().eval(TEXT, "at")).isEqualTo(Instant.parse("2023-11-14T22:13:20Z"));
    }

    @Example
    void whatIsNotThereOrOfAnotherTypeIsNull() {
        assertThat(new EjsonString().eval(TEXT, "n")).isNull();
        assertThat(new EjsonId().eval(TEXT, "s")).isNull();
        assertThat(new EjsonBoolean().eval(TEXT, "n")).isNull();
        assertThat(new EjsonBigint().eval(TEXT, "d")).isNull();
        assertThat(new EjsonDouble().eval(TEXT, "s")).isNull();
        assertThat(new EjsonTimestamp().eval(TEXT, "n")).isNull();
        assertThat(new EjsonString().eval(TEXT, "nothing")).isNull();
        assertThat(new EjsonString().eval("{\"s\": \"never closed\"", "s")).isNull();
        assertThat(new EjsonString().eval(null, "s")).isNull();
        assertThat(new EjsonString().eval(TEXT, null)).isNull();
        assertThat(new EjsonTimestamp().eval(null, "at")).isNull();
    }

    @Example
    void elementsAreNumberedFromOne() {
        EjsonElements elements = new EjsonElements();
        List<Row> rows = collect(elements);
        elements.eval(TEXT, "a");
        elements.eval(TEXT, "s");
        elements.eval(null, "a");
        elements.eval(TEXT, null);
        assertThat(rows).containsExactly(Row.of(1, "1"), Row.of(2, "{\"x\": \"y\"}"), Row.of(3, "\"z\""));
    }

    @Property
    void lessonsAreThoseThatCoreServes(@ForAll long seed) {
        Programs programs = new Programs(new Random(seed));
        Program program = programs.next("p");
        LessonsOfProgram function = new LessonsOfProgram();
        List<Row> rows = collect(function);
        function.eval(programs.document(program));
        List<List<@Nullable Object>> served = new ArrayList<>();
        Dimensions.change(null, program, row -> {
            if (row.table() == ServingTable.LESSON) {
                served.add(Arrays.asList(row.values()));
            }
        });
        assertThat(rows)
                .extracting(row -> {
                    int videoSeconds = row.<Integer>getFieldAs(4);
                    Integer lastSegment = new SegmentOfSecond().eval(videoSeconds - 1);
                    return List.of(
                            row.getFieldAs(0),
                            row.getFieldAs(1),
                            program.accountId(),
                            row.getFieldAs(2),
                            row.getFieldAs(3),
                            videoSeconds,
                            row.getFieldAs(5),
                            lastSegment == null ? 0 : lastSegment + 1,
                            row.<String[]>getFieldAs(6).length);
                })
                .isEqualTo(served);
    }

    @Property
    void questionsAreThoseThatCoreCounts(@ForAll long seed) {
        Programs programs = new Programs(new Random(seed));
        Program program = programs.next("p");
        QuestionsOfProgram function = new QuestionsOfProgram();
        List<Row> rows = collect(function);
        function.eval(programs.document(program));
        Plan plan = Plan.of(program);
        for (int lesson = 1; lesson <= program.lessons().size(); lesson++) {
            int place = lesson;
            String id = program.lessons().get(place - 1).id();
            List<Row> ofLesson =
                    rows.stream().filter(row -> row.getFieldAs(2).equals(place)).toList();
            Plan.LessonPlan counted = Objects.requireNonNull(plan.lesson(id));
            assertThat(ofLesson)
                    .hasSize(counted.questionsTotal())
                    .allMatch(row ->
                            row.getFieldAs(0).equals("p") && row.getFieldAs(1).equals(id));
            assertThat(ofLesson)
                    .extracting(row -> row.<Integer>getFieldAs(3))
                    .isEqualTo(IntStream.rangeClosed(1, ofLesson.size()).boxed().toList());
            assertThat(ofLesson.stream().map(row -> row.<String>getFieldAs(4)).collect(Collectors.toSet()))
                    .isEqualTo(counted.questionIds());
        }
    }

    @Example
    void whatIsNoUsableProgramHasNoParts() {
        Programs programs = new Programs(new Random(1));
        LessonsOfProgram lessons = new LessonsOfProgram();
        QuestionsOfProgram questions = new QuestionsOfProgram();
        List<Row> rows = collect(lessons);
        List<Row> others = collect(questions);
        List<@Nullable String> documents = new ArrayList<>();
        documents.add(null);
        documents.add("");
        documents.add("{");
        documents.add("[]");
        documents.add(programs.unusable(programs.next("p")));
        documents.forEach(lessons::eval);
        documents.forEach(questions::eval);
        assertThat(rows).isEmpty();
        assertThat(others).isEmpty();
    }

    /** What the function collects from now on. */
    private static List<Row> collect(TableFunction<Row> function) {
        List<Row> rows = new ArrayList<>();
        function.setCollector(new Collector<>() {
            @Override
            public void collect(Row row) {
                rows.add(row);
            }

            @Override
            public void close() {}
        });
        return rows;
    }
}
