package io.retally.devkit.cli;

import io.retally.devkit.demo.CompanyFeed;
import io.retally.devkit.demo.ContactRemoval;
import io.retally.devkit.demo.FailedQuiz;
import io.retally.devkit.demo.Figures;
import io.retally.devkit.demo.Rate;
import io.retally.devkit.load.generated.Size;
import io.retally.devkit.stack.Capture;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.StackDir;
import io.retally.devkit.stack.StackDown;
import io.retally.devkit.stack.UpOptions;
import java.io.PrintWriter;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `demo`: everything at once. */
@Command(
        name = "demo",
        description = {
            "Starts the stack, lets a generated company work in MongoDB, shows what is published as it changes, removes a "
                    + "contact and shows how long it takes until no table has it, and lets a rep fail a quiz and shows how long "
                    + "it takes until MongoDB has the assignment. Goes on until Ctrl-C, which stops all."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Examples:", "  ./retally demo", "  ./retally demo --company small --for 1m"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DemoCommand implements Callable<Integer> {
    /** How large the generated company is, and how fast it works. */
    enum Company {
        SMALL(60, 3, 20_000, 400),
        USUAL(400, 6, 400_000, 1_500);

        private final int reps;
        private final int programs;
        private final long interactions;
        private final double interactionsPerSecond;

        Company(int reps, int programs, long interactions, double interactionsPerSecond) {
            this.reps = reps;
            this.programs = programs;
            this.interactions = interactions;
            this.interactionsPerSecond = interactionsPerSecond;
        }

        Size size() {
            return new Size(reps, programs, interactions);
        }
    }

    private static final Duration TICK = Duration.ofMillis(500);
    /** Where no line can be written over, one in so long is enough. */
    private static final Duration WITHOUT_TERMINAL = Duration.ofSeconds(5);
    /** Time for the company to have done something worth removing, or failing. */
    private static final Duration BEFORE_ACTS = Duration.ofSeconds(20);

    private static final long ENOUGH_CHANGES = 2_000;
    /** An epoch so young says that the job is past its start. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    @Spec
    private CommandSpec spec;

    @Mixin
    private DirOption dir;

    @Option(
            names = "--company",
            paramLabel = "small|usual",
            defaultValue = "usual",
            description = "How large the company is: 60 or 400 reps.")
    private Company company;

    @Option(names = "--for", paramLabel = "DURATION", description = "Stop by itself after so long, such as 1m.")
    private @Nullable Duration duration;

    @Option(names = "--fresh", description = "Forget what the folder holds, even what no demo has written.")
    private boolean fresh;

    private volatile boolean stopping;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        StackDir stack = dir.dir();
        out.println("Starting the stack in " + stack.root());
        Endpoints endpoints = StackStarter.start(
                stack,
                new UpOptions(Capture.MONGODB, null, null, fresh).withAssignments(),
                out,
                spec.commandLine().getErr());
        Thread stop = new Thread(() -> stop(stack, out), "stop-all");
        Runtime.getRuntime().addShutdownHook(stop);
        printWhere(endpoints, out);
        String mongodb = Objects.requireNonNull(endpoints.mongodbUri());
        try (CompanyFeed feed = new CompanyFeed(mongodb, company.size(), company.interactionsPerSecond);
                Connection connection = endpoints.postgres().connect();
                Connection forActs = endpoints.postgres().connect();
                StepLine line = new StepLine(out)) {
            Deque<Callable<Optional<String>>> acts = new ArrayDeque<>();
            acts.add(() -> new ContactRemoval(forActs, mongodb).remove().map(DemoCommand::told));
            acts.add(() -> new FailedQuiz(forActs, mongodb).fail().map(DemoCommand::told));
            show(feed, connection, acts, line, out);
        } catch (Exception e) {
            if (!stopping) { // else Ctrl-C took away what it was reading from
                throw e;
            }
        }
        // The stack is stopped by the hook, as after Ctrl-C.
        return 0;
    }

    /** @param acts what is done and told, one after the other; one that cannot be done yet is tried again */
    private void show(
            CompanyFeed feed,
            Connection connection,
            Deque<Callable<Optional<String>>> acts,
            StepLine line,
            PrintWriter out)
            throws Exception {
        Instant begin = Instant.now();
        Instant end = duration == null ? Instant.MAX : begin.plus(duration);
        Instant lastLine = begin;
        Rate rate = new Rate();
        FutureTask<Optional<String>> acting = null;
        while (!stopping && Instant.now().isBefore(end)) {
            if (feed.failure().isPresent()) {
                throw feed.failure().get();
            }
            Instant now = Instant.now();
            Figures figures = Figures.of(connection).orElse(Figures.NONE);
            Instant newestChange = figures.newestChange();
            if (newestChange != null) {
                feed.published(newestChange);
            }
            String shown = shown(figures, rate.after(now, figures.changes()));
            if (line.isLive()) {
                line.show(shown);
            } else if (Duration.between(lastLine, now).compareTo(WITHOUT_TERMINAL) >= 0) {
                out.println(shown);
                out.flush();
                lastLine = now;
            }
            boolean warm = Duration.between(begin, now).compareTo(BEFORE_ACTS) > 0
                    && figures.changes() > ENOUGH_CHANGES
                    && figures.age().compareTo(FRESH) < 0;
            if (acting == null && warm && !acts.isEmpty()) {
                acting = new FutureTask<>(acts.element());
                Thread thread = new Thread(acting, "act"); // the line goes on meanwhile
                thread.setDaemon(true);
                thread.start();
            } else if (acting != null && acting.isDone()) {
                Optional<String> done = acting.get();
                if (done.isPresent()) {
                    line.close();
                    out.print(done.get());
                    out.flush();
                    acts.remove();
                }
                acting = null;
            }
            Thread.sleep(TICK.toMillis());
        }
    }

    private static String shown(Figures now, double perSecond) {
        return String.format(
                Locale.ROOT,
                "%,.0f changes/s   epoch %,d, %s old   %,d changes in %,d rows",
                perSecond,
                now.epoch(),
                Durations.shown(now.age()),
                now.changes(),
                now.rows());
    }

    private static String told(ContactRemoval.Removed gone) {
        return String.format(
                Locale.ROOT,
                "Removed contact %s in MongoDB: its %,d rows vanished from %s, and its share from every total, in %,d ms.%n"
                        + "  In one snapshot after that: its programs' totals say %,d reps are enrolled, their rows are %,d.%n",
                gone.name(),
                gone.rows(),
                String.join(", ", gone.tables()),
                gone.took().toMillis(),
                gone.enrolledInTotals(),
                gone.enrolledReps());
    }

    private static String told(FailedQuiz.Failed failed) {
        return String.format(
                Locale.ROOT,
                "A rule in MongoDB: who has less than %d %% right repeats the lesson. %s answered %,d questions of %s wrong: the"
                        + " assignment was in MongoDB in %,d ms.%n  Its reason: %s.%n",
                failed.belowPercent(),
                failed.rep(),
                failed.answers(),
                failed.lesson(),
                failed.took().toMillis(),
                failed.reason());
    }

    private static void printWhere(Endpoints endpoints, PrintWriter out) {
        out.println(
                """

                Flink's web UI   %s
                PostgreSQL       %s
                  How far are the programs?
                    select program_name, reps_enrolled, reps_completed, reps_overdue from serving.program_status;
                  At which lesson do reps stop?
                    select l.ordinal, l.title, f.reps_opened, f.reps_completed, f.reps_passed
                    from serving.lesson_funnel f join serving.lesson l using (program_id, lesson_id)
                    order by f.program_id, l.ordinal;
                  Who is overdue, and by how much?
                    select contact_name, program_name, days_late from serving.rep_status
                    where status = 'overdue' order by days_late desc limit 10;
                Ctrl-C stops all.
                """.formatted(endpoints.flinkRest(), endpoints.postgresReader().text()));
        out.flush();
    }

    private void stop(StackDir stack, PrintWriter out) {
        stopping = true;
        out.println();
        out.println("Stopping all parts.");
        out.flush();
        new StackDown(stack).stop(part -> {});
        out.println("Down. Nothing is left running; logs and tables stay in " + stack.root());
        out.flush();
    }
}
