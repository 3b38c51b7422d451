package io.retally.jobs.postgres;

import org.apache.flink.runtime.execution.SuppressRestartsException;

/** The tables and the job's state do not belong together. No restart mends that, an operator must decide. */
public final class LineageException extends SuppressRestartsException {

    private static final long serialVersionUID = 1L;

    LineageException(String message) {
        super(new IllegalStateException(message));
    }
}
