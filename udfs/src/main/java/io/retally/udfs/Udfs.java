package io.retally.udfs;

import java.util.List;
import java.util.Objects;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.functions.UserDefinedFunction;

/** The catalogue of Retally's SQL functions. */
public final class Udfs {

    static final List<Class<? extends UserDefinedFunction>> FUNCTIONS = List.of(
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

    static SqlFunction describe(Class<? extends UserDefinedFunction> function) {
        return Objects.requireNonNull(
                function.getAnnotation(SqlFunction.class), () -> function + " lacks @SqlFunction: add it");
    }
}
