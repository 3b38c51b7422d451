package io.retally.udfs;

import java.util.List;
import java.util.Objects;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.functions.UserDefinedFunction;

/** The catalogue of Retally's SQL functions. */
public final class Udfs {

    static final List<Class<? extends UserDefinedFunction>> FUNCTIONS = List.of(
            EjsonString.class,
            EjsonId.class,
            EjsonBoolean.class,
            EjsonBigint.class,
            EjsonDouble.class,
            EjsonTimestamp.class,
            EjsonElements.class,
            LessonsOfProgram.class,
            QuestionsOfProgram.class,
            SegmentOfSecond.class,
            LocalDay.class,
            LocalHour.class,
            VideoCoverage.class,
            FirstAnswer.class,
            LatestAnswer.class,
            ProportionCorrect.class,
            Facility.class,
            DiscriminationIndex.class,
            ExactPercentile.class,
            Sessions.class);

    private Udfs() {}

    /** Makes every function known to a session by its name in SQL. */
    public static void register(TableEnvironment tables) {
        for (Class<? extends UserDefinedFunction> function : FUNCTIONS) {
            tables.createTemporarySystemFunction(describe(function).name(), function);
        }
    }

    /** The same for a session that is reached by SQL alone: a statement for each function. */
    public static List<String> declarations() {
        return FUNCTIONS.stream()
                .map(function -> "CREATE TEMPORARY SYSTEM FUNCTION %s AS '%s' LANGUAGE JAVA"
                        .formatted(describe(function).name(), function.getName()))
                .toList();
    }

    static SqlFunction describe(Class<? extends UserDefinedFunction> function) {
        return Objects.requireNonNull(
                function.getAnnotation(SqlFunction.class), () -> function + " lacks @SqlFunction: add it");
    }
}
