package io.retally.bench.query;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.retally.bench.result.Distribution;
import io.retally.bench.result.Provenance;
import io.retally.bench.result.ResultOptions;
import io.retally.bench.result.Steps;
import io.retally.bench.stack.BackgroundLoad;
import io.retally.bench.stack.BenchStack;
import io.retally.bench.stack.Companies;
import io.retally.bench.stack.CompanyOptions;
import io.retally.bench.stack.Loading;
import io.retally.bench.stack.Requirement;
import io.retally.bench.stack.Shape;
import io.retally.bench.stack.StackFolder;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.PostgresUrl;
import io.retally.devkit.stack.StackException;
import io.retally.oracle.ContractSql;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `bench query`: how long managers wait for an answer. */
@Command(
        name = "query",
        description = {
            "How long managers wait for what dashboards ask while changes are written, and how long PostgreSQL, MariaDB and "
                    + "DuckDB take to work the same answers out of the documents.",
            "",
            "A generated company of large programs is loaded into a stack of its own with epochs of 500 ms. Peers get its "
                    + "documents, one after the other; their answers are compared with those of the tables, row by row, before "
                    + "their time is taken. Then the company goes on working at a steady rate, and managers ask. An answer that "
                    + "differs ends the benchmark, as do tables that are not true in the end.",
            "MariaDB is of the system's package (Debian: apt-get install mariadb-server)."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class QueryCommand implements Callable<Integer> {
    private static final Duration EPOCH = Duration.ofMillis(500);
    private static final String NO_PEER = "none";
    /** Beyond what is written while managers ask: so much longer the company can go on. */
    private static final Duration RESERVE = Duration.ofMinutes(1);

    @Spec
    private CommandSpec spec;

    @Mixin
    private CompanyOptions company;

    @Option(
            names = "--managers",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,50,300",
            description = "How many ask at once, one after the other. Default: ${DEFAULT-VALUE}.")
    private List<Integer> managers;

    @Option(
            names = "--think",
            paramLabel = "MS",
            defaultValue = "1000",
            description =
                    "Milliseconds between a manager's answer and next question, on average. Default: ${DEFAULT-VALUE}.")
    private int thinkMillis;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "60",
            description =
                    "How long each number of managers asks, after a sixth of it to warm up. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "16",
            description = "Of the pool that managers share. Default: ${DEFAULT-VALUE}.")
    private int connections;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Changes a second that are written meanwhile. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "How often peers are asked each question, about something else each time. Default: ${DEFAULT-VALUE}.")
    private int samples;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often peers are asked each sample once it was compared. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "These peers, of: postgres, mariadb, duckdb; or none. All that there are if not given.")
    private @Nullable List<String> only;

    @Mixin
    private ResultOptions results;

    @Mixin
    private StackFolder folder;

    @Override
    public Integer call() throws Exception {
        company.check(spec);
        Requirement.require(
                spec,
                managers.stream().allMatch(count -> count >= 1 && count <= 10_000),
                "--managers are from 1 to 10000, each");
        Requirement.require(spec, thinkMillis >= 0 && thinkMillis <= 600_000, "--think is from 0 to 600000");
        Requirement.require(spec, seconds >= 1 && seconds <= 3_600, "--seconds is from 1 to 3600");
        Requirement.require(spec, connections >= 1 && connections <= 40, "--connections is from 1 to 40");
        Requirement.require(spec, rate > 0, "--rate is above 0");
        Requirement.require(spec, samples >= 1 && samples <= 1_000, "--samples is from 1 to 1000");
        Requirement.require(spec, runs >= 1 && runs <= 1_000, "--runs is from 1 to 1000");
        Requirement.require(
                spec,
                only == null || only.equals(List.of(NO_PEER)) || Comparison.PEERS.containsAll(only),
                "--only names peers, of: " + String.join(", ", Comparison.PEERS) + "; or " + NO_PEER);
        Requirement.require(
                spec,
                only == null || !only.contains(MariaDbPeer.NAME) || MariaDbServer.isInstalled(),
                "MariaDB is not installed (Debian: apt-get install mariadb-server)");
        PrintWriter out = spec.commandLine().getOut();
        try (BenchStack stack = folder.start(EPOCH, spec)) {
            results.write(measure(stack, out), out);
        }
        return 0;
    }

    private QueryReport measure(BenchStack stack, PrintWriter out) throws Exception {
        Steps steps = new Steps(out);
        Endpoints endpoints = stack.endpoints();
        long later = (long) (rate * (managers.size() * (time().plus(warmUp()).toSeconds() + 1) + RESERVE.toSeconds()));
        long total = company.interactions() + later;
        Companies all = new Companies(Shape.LARGE_PROGRAMS, company.seed(), total, 0);
        Loading.Loaded loaded =
                Loading.publish(endpoints, all.changesUntil(company.interactions()), company.interactions(), out);
        long changes = loaded.summary().changes();
        steps.say("%,d changes published, %,.0f a second", changes, loaded.changesPerSecond());
        vacuum(endpoints.postgres());
        Catalogue catalogue;
        QueryReport.Data data;
        List<Trial.Taken> peers;
        try (Connection reader = endpoints.postgresReader().connect()) {
            catalogue = Catalogue.read(reader);
            data = data(reader, changes);
            peers = new Comparison(stack, only, runs, steps).with(ours(reader, catalogue));
        }
        Companies rest = new Companies(Shape.LARGE_PROGRAMS, company.seed(), total, changes);
        List<Managers.Waited> waited = new ArrayList<>();
        double written;
        try (HikariDataSource pool = pool(endpoints.postgresReader());
                BackgroundLoad load = BackgroundLoad.start(stack, rest, rate)) {
            Managers asking = new Managers(pool, catalogue, Duration.ofMillis(thinkMillis), company.seed());
            for (int count : managers) {
                Managers.Waited now = asking.ask(count, warmUp(), time());
                load.requireWell();
                waited.add(now);
                say(now, steps);
            }
            written = load.stop().changesPerSecond();
        }
        Loading.awaitPublished(endpoints);
        steps.say("comparing every table with the contract");
        Loading.requireTrue(endpoints);
        return new QueryReport(
                Provenance.now(stack.home().root(), again()),
                data,
                Duration.ofMillis(thinkMillis),
                connections,
                written,
                waited,
                peers);
    }

    private Duration time() {
        return Duration.ofSeconds(seconds);
    }

    private Duration warmUp() {
        return time().dividedBy(6);
    }

    /** What autovacuum does after a load, so that it does not do it while somebody is measured. */
    private static void vacuum(PostgresUrl owner) throws SQLException {
        try (Connection connection = owner.connect()) {
            JdbcPeer.run(
                    connection,
                    ContractSql.servedTables().stream()
                            .map(table -> "vacuum (analyze) serving." + table)
                            .toList());
        }
    }

    private QueryReport.Data data(Connection reader, long changes) throws SQLException {
        try (Statement statement = reader.createStatement();
                ResultSet row =
                        statement.executeQuery("select count(*), max(reps_enrolled) from serving.program_summary")) {
            row.next();
            return new QueryReport.Data(company.interactions(), changes, row.getInt(1), row.getLong(2));
        }
    }

    private List<Served.Told> ours(Connection reader, Catalogue catalogue) throws SQLException {
        Served served = new Served();
        Random random = new Random(company.seed());
        List<Served.Told> told = new ArrayList<>();
        for (Question question : Question.values()) {
            for (int sample = 0; sample < samples; sample++) {
                Served.Told one = served.tell(reader, catalogue.draw(question, random));
                if (one.answer().rows().isEmpty()) {
                    throw new StackException(
                            one.asking() + " has no rows", "give more --interactions, or another --seed");
                }
                told.add(one);
            }
        }
        return told;
    }

    /** As docs/production.md has it for dashboards: each question is planned once a connection. */
    private HikariDataSource pool(PostgresUrl reader) {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("managers");
        settings.setJdbcUrl(reader.jdbc());
        settings.setUsername(reader.user());
        settings.setPassword(reader.password());
        settings.setReadOnly(true);
        settings.setMaximumPoolSize(connections);
        settings.addDataSourceProperty("prepareThreshold", "1");
        settings.addDataSourceProperty("options", "-c plan_cache_mode=force_generic_plan");
        return new HikariDataSource(settings);
    }

    private static void say(Managers.Waited waited, Steps steps) {
        Distribution all = waited.all();
        steps.say(
                "managers: %d, asked %,d times, p50 %.1f ms, p99 %.1f ms, errors: %d%s",
                waited.managers(),
                all.count() + waited.errors(),
                Distribution.millis(all.p50()),
                Distribution.millis(all.p99()),
                waited.errors(),
                waited.firstError().map(error -> " (" + error + ")").orElse(""));
    }

    private String again() {
        String counts = managers.stream().map(String::valueOf).collect(Collectors.joining(","));
        return "./retally bench query %s --managers %s --think %d --seconds %d --connections %d --rate %s --samples %d --runs %d"
                        .formatted(company.again(), counts, thinkMillis, seconds, connections, rate, samples, runs)
                + (only == null ? "" : " --only " + String.join(",", only));
    }
}
