package io.retally.jobs.report;

import java.util.List;
import java.util.stream.Collectors;

/** A report that cannot be run, with all that is known to be wrong with it. */
final class ReportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    ReportException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    ReportException(Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.problems = List.of(problem);
    }

    List<Problem> problems() {
        return problems;
    }
}
