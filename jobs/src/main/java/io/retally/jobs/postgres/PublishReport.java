package io.retally.jobs.postgres;

import io.retally.jobs.types.CodecType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a table equal to a report's result: one transaction an epoch, when the checkpoint that ends it is complete. Runs
 * once, and needs aligned barriers.
 *
 * <p>Changes are added up as a multiset until the barrier, so the order in which the query's operators pass on losses and
 * gains does not matter, and what is there for a moment only (a row of a join that one side has not caught up with) is
 * never written. Memory and state hold the changes of an epoch that differ: at most the result twice.
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by initializeState and open
public final class PublishReport extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<ReportChange, Void> {

    private static final long serialVersionUID = 1L;

    private static final ListStateDescriptor<ReportEpoch> PENDING =
            new ListStateDescriptor<>("pending-epochs", CodecType.of(ReportEpoch.class, ReportEpoch.Form.class));
    private static final ListStateDescriptor<String> LINEAGE = new ListStateDescriptor<>("lineage", Types.STRING);
    private static final ListStateDescriptor<Long> PUBLISHED =
            new ListStateDescriptor<>("published-checkpoint", Types.LONG);

    private final PostgresTarget target;
    private final String report;
    private final ReportTable table;

    private transient ListState<ReportEpoch> pendingState;
    private transient ListState<String> lineageState;
    private transient ListState<Long> publishedState;

    private transient Map<List<@Nullable String>, Long> open;
    private transient List<ReportEpoch> pending;
    private transient UUID lineage;
    private transient boolean begins;
    private transient OptionalLong restoredCheckpoint;
    private transient ReportPublication publication;

    /**
     * Publishes one report.
     *
     * @param report its name, for messages and for who reads {@code reporting.publication}
     */
    public PublishReport(PostgresTarget target, String report, ReportTable table) {
        this.target = target;
        this.report = report;
        this.table = table;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        pendingState = context.getOperatorStateStore().getListState(PENDING);
        lineageState = context.getOperatorStateStore().getListState(LINEAGE);
        publishedState = context.getOperatorStateStore().getListState(PUBLISHED);
        open = new LinkedHashMap<>();
        pending = new ArrayList<>();
        pendingState.get().forEach(pending::add);
        Iterator<String> stored = lineageState.get().iterator();
        if (context.isRestored() && !stored.hasNext()) {
            throw new IllegalStateException("the checkpoint that report " + report
                    + " was restored from holds no state of its publisher: start it without a savepoint");
        }
        begins = !stored.hasNext();
        lineage = begins ? UUID.randomUUID() : UUID.fromString(stored.next());
        restoredCheckpoint = context.getRestoredCheckpointId();
    }

    @Override
    public void open() throws Exception {
        super.open();
        publication = new ReportPublication(target, report, table, lineage);
        if (restoredCheckpoint.isPresent()) {
            Iterator<Long> published = publishedState.get().iterator();
            publication.resume(restoredCheckpoint.getAsLong(), published.hasNext() ? published.next() : 0);
            publish(restoredCheckpoint.getAsLong());
        }
    }

    @Override
    public void processElement(StreamRecord<ReportChange> record) {
        ReportChange change = record.getValue();
        // Lost before gained, or gained before lost: what nets to nothing is gone.
        open.merge(change.values(), change.gained() ? 1L : -1L, (a, b) -> a + b == 0 ? null : a + b);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (begins || !open.isEmpty()) {
            pending.add(new ReportEpoch(context.getCheckpointId(), begins, changes()));
            open = new LinkedHashMap<>();
            begins = false;
        }
        pendingState.update(pending);
        lineageState.update(List.of(lineage.toString()));
        publishedState.update(List.of(publication.publishedCheckpoint()));
    }

    private List<ReportChange> changes() {
        List<ReportChange> changes = new ArrayList<>(open.size());
        open.forEach((values, count) -> {
            if (count > 1) {
                throw table.notUnique(report, values.toString());
            }
            if (count < -1) {
                throw new IllegalStateException(
                        "report " + report + " lost a row " + -count + " times in one epoch: " + values);
            }
            changes.add(new ReportChange(count > 0, values));
        });
        return changes;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        publish(checkpointId);
    }

    /** An epoch whose checkpoint failed is published with the next one. */
    private void publish(long upTo) throws Exception {
        List<ReportEpoch> due =
                pending.stream().filter(epoch -> epoch.checkpoint() <= upTo).toList();
        for (ReportEpoch epoch : due) {
            publication.publish(epoch);
        }
        pending.removeAll(due);
    }

    @Override
    public void close() throws Exception {
        if (publication != null) {
            publication.close();
        }
        super.close();
    }
}
