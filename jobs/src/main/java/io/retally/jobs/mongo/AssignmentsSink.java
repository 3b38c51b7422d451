package io.retally.jobs.mongo;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;

/** The connector's sink, made where it writes: it holds the connection string, which the job graph must not. */
@SuppressWarnings("deprecation") // What Flink 1.20 still demands of a sink, and the connector's offers.
final class AssignmentsSink implements Sink<AssignmentChange> {
    private static final long serialVersionUID = 1;

    private final AssignmentsTarget target;

    AssignmentsSink(AssignmentsTarget target) {
        this.target = target;
    }

    @Override
    public SinkWriter<AssignmentChange> createWriter(InitContext context) throws IOException {
        return target.connect().createWriter(context);
    }
}
