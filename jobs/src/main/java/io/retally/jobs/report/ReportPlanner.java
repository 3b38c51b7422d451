package io.retally.jobs.report;

import io.retally.udfs.Udfs;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableConfig;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.SinkModifyOperation;
import org.apache.flink.table.operations.ddl.CreateTableOperation;
import org.apache.flink.table.operations.ddl.CreateViewOperation;

/**
 * Plans a report: declares the catalogue, then the report's own tables and views, then plans its one INSERT.
 *
 * <p>What is set here keeps clear of what makes a result over changing documents wrong: no state expires, as a retraction
 * may come any time later; and no upserts are materialised if the sink settles an epoch as a whole. One that writes row by row
 * needs the operator that does it: upserts may overtake each other between subtasks.
 */
final class ReportPlanner {

    /** Functions that have another value when a row is retracted, as plans show them. */
    private static final Pattern CLOCK_OR_CHANCE =
            Pattern.compile("\\b(?:(?:NOW|PROCTIME|RAND|RAND_INTEGER|UUID)(?=\\()|UNIX_TIMESTAMP(?=\\(\\))"
                    + "|CURRENT_(?:DATE|TIME|TIMESTAMP|ROW_TIMESTAMP)\\b|LOCALTIME(?:STAMP)?\\b)");

    /** Joins whose result depends on whether a row has any partner, as plans show them. */
    private static final Pattern COUNTS_PARTNERS = Pattern.compile("joinType=\\[(?:Left|Right|Full)");

    /** The prefix of the job's name. */
    static final String JOB = "sql-report";

    private final StreamTableEnvironment tables;

    ReportPlanner(StreamExecutionEnvironment env) {
        tables = StreamTableEnvironment.create(env);
        TableConfig config = tables.getConfig();
        config.setLocalTimeZone(ZoneId.of("UTC"));
        config.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
        config.set(ExecutionConfigOptions.IDLE_STATE_RETENTION, Duration.ZERO);
        Udfs.register(tables);
    }

    /** A report that can be run. */
    static final class Plan {
        private final StatementSet statements;
        private final String explained;
        private final ReportTarget target;

        private Plan(StatementSet statements, String explained, ReportTarget target) {
            this.statements = statements;
            this.explained = explained;
            this.target = target;
        }

        /** Flink's plans, from what was written to what is run. */
        String explained() {
            return explained;
        }

        ReportTarget target() {
            return target;
        }

        /** Submits the report as a job of its own. */
        JobClient run() {
            return statements
                    .execute()
                    .getJobClient()
                    .orElseThrow(() -> new IllegalStateException("Flink says nothing of the job that it was given"));
        }
    }

    /**
     * Plans a report.
     *
     * @param variables values by name, of the catalogue's and the report's
     * @throws ReportException if one of the files is wrong
     */
    Plan plan(ReportFile catalog, ReportFile report, Map<String, String> variables) {
        requireDeclared(catalog, report, variables);
        requireNoStateTtl(report);
        for (BoundStatement statement : catalog.bind(variables)) {
            declare(statement);
        }
        tables.getConfig().set(PipelineOptions.NAME, JOB + " " + report.name());
        BoundStatement insert = null;
        for (BoundStatement statement : report.bind(variables)) {
            if (insert != null) {
                throw new ReportException(
                        List.of(
                                problem(
                                        statement,
                                        statement.begin(),
                                        "there is a statement behind the INSERT",
                                        "put it before, or into a file of its own: a report answers one question, by its last statement")));
            }
            if (declare(statement)) {
                insert = statement;
            }
        }
        if (insert == null) {
            throw new ReportException(List.of(report.sql()
                    .problem(0, "the report has no INSERT", "end it with INSERT INTO its table, and the query")));
        }
        return planned(insert);
    }

    private static void requireDeclared(ReportFile catalog, ReportFile report, Map<String, String> variables) {
        TreeSet<String> unknown = new TreeSet<>(variables.keySet());
        Stream.of(catalog, report)
                .flatMap(file -> file.parameters().stream())
                .map(Parameter::name)
                .forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new ReportException(List.of(report.sql()
                    .problem(
                            0,
                            "the report has no variable " + String.join(", ", unknown),
                            "it has "
                                    + report.parameters().stream()
                                            .map(Parameter::name)
                                            .toList() + "; `./retally sql list` says what they are")));
        }
    }

    private static void requireNoStateTtl(ReportFile report) {
        for (SqlText.Span hint : report.sql().hints()) {
            if (report.sql().of(hint).contains("STATE_TTL")) {
                throw new ReportException(List.of(report.sql()
                        .problem(
                                hint.begin(),
                                "state must not expire: what it holds may be retracted any time later",
                                "remove the hint")));
            }
        }
    }

    /** Runs a declaration; returns true, and runs nothing, if it is an INSERT. */
    private boolean declare(BoundStatement statement) {
        Operation operation = planning(
                statement,
                () -> ((TableEnvironmentInternal) tables)
                        .getParser()
                        .parse(statement.text())
                        .get(0));
        if (operation instanceof SinkModifyOperation) {
            return true;
        }
        if (!(operation instanceof CreateTableOperation) && !(operation instanceof CreateViewOperation)) {
            throw new ReportException(List.of(problem(
                    statement,
                    statement.begin(),
                    "this statement has no place in a report",
                    "use CREATE VIEW, CREATE TABLE, and one INSERT INTO at the end")));
        }
        planning(statement, () -> tables.executeSql(statement.text()));
        return false;
    }

    private Plan planned(BoundStatement insert) {
        ReportTarget target = planning(insert, () -> target(insert));
        tables.getConfig()
                .set(
                        ExecutionConfigOptions.TABLE_EXEC_SINK_UPSERT_MATERIALIZE,
                        target.settlesEpochs()
                                ? ExecutionConfigOptions.UpsertMaterialize.NONE
                                : ExecutionConfigOptions.UpsertMaterialize.AUTO);
        StatementSet statements = tables.createStatementSet();
        String explained = planning(insert, () -> {
            statements.addInsertSql(insert.text());
            return statements.explain(ExplainDetail.CHANGELOG_MODE);
        });
        if (COUNTS_PARTNERS.matcher(explained).find() && !target.settlesEpochs()) {
            throw new ReportException(List.of(problem(
                    insert,
                    insert.begin(),
                    "the query has an outer, semi or anti join, and its table takes no updates with the row before: Flink then loses rows"
                            + " (FLINK-40681)",
                    "write to a table LIKE postgres, or replace the join by UNION ALL and GROUP BY")));
        }
        Matcher clock = CLOCK_OR_CHANCE.matcher(explained);
        if (clock.find()) {
            throw new ReportException(List.of(problem(
                    insert,
                    insert.begin(),
                    "the query calls " + clock.group()
                            + ", which has another value when a row is retracted: the result would drift",
                    "leave clock and chance out; what depends on now() is a view in PostgreSQL over the result")));
        }
        return new Plan(statements, explained, target);
    }

    private ReportTarget target(BoundStatement insert) {
        SinkModifyOperation operation = (SinkModifyOperation) ((TableEnvironmentInternal) tables)
                .getParser()
                .parse(insert.text())
                .get(0);
        return ReportTarget.of(operation.getContextResolvedTable());
    }

    private interface Planning<T> {
        T run();
    }

    private static <T> T planning(BoundStatement statement, Planning<T> planning) {
        try {
            return planning.run();
        } catch (ReportException e) {
            throw e;
        } catch (RuntimeException e) { // of classes that the planner keeps to itself, among them Calcite's
            throw new ReportException(PlannerMessage.of(e).at(statement), e);
        }
    }

    private static Problem problem(BoundStatement statement, SqlText.Place place, String message, String nextStep) {
        return new Problem(statement.file(), place.line(), place.column(), message, nextStep);
    }
}
