package io.retally.jobs.postgres;

import io.retally.jobs.metrics.PublicationMetrics;
import io.retally.jobs.types.CodecType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Publishes an epoch when the checkpoint that ends it is complete. Runs once, and needs aligned barriers: every part of an
 * epoch comes before the epoch's barrier.
 *
 * <p>An epoch whose checkpoint is not completed is published with the next one. After a crash between 'checkpoint complete'
 * and 'published' the restored state still holds the epoch, and it is published before anything else.
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by initializeState and open
public final class PublishEpochs extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<EpochPart, Void> {

    private static final long serialVersionUID = 1L;

    private static final ListStateDescriptor<PendingEpoch> PENDING =
            new ListStateDescriptor<>("pending-epochs", CodecType.of(PendingEpoch.class, PendingEpoch.Form.class));
    private static final ListStateDescriptor<String> LINEAGE = new ListStateDescriptor<>("lineage", Types.STRING);
    private static final ListStateDescriptor<Boolean> HAS_PUBLISHED =
            new ListStateDescriptor<>("has-published", Types.BOOLEAN);
    /** The checkpoint published last; none in state of builds before this was kept. */
    private static final ListStateDescriptor<Long> PUBLISHED =
            new ListStateDescriptor<>("published-checkpoint", Types.LONG);

    private static final ListStateDescriptor<Long> NEWEST_CHANGE =
            new ListStateDescriptor<>("newest-change", Types.LONG);

    private final PostgresTarget target;
    private final TakeOver takeOver;

    private transient ListState<PendingEpoch> pendingState;
    private transient ListState<String> lineageState;
    private transient ListState<Boolean> hasPublishedState;
    private transient ListState<Long> publishedState;
    private transient ListState<Long> newestChangeState;

    private transient List<EpochPart> open = new ArrayList<>();
    private transient List<PendingEpoch> pending = new ArrayList<>();
    private transient UUID lineage;
    private transient boolean hasPublished;
    private transient long newestChange;
    private transient boolean hasSwept;
    private transient boolean isWaiting;
    private transient OptionalLong restoredCheckpoint;
    private transient Publication publication;
    private transient PublicationMetrics measured;

    public PublishEpochs(PostgresTarget target, TakeOver takeOver) {
        this.target = target;
        this.takeOver = takeOver;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        OperatorStateStore state = context.getOperatorStateStore();
        pendingState = state.getListState(PENDING);
        lineageState = state.getListState(LINEAGE);
        hasPublishedState = state.getListState(HAS_PUBLISHED);
        publishedState = state.getListState(PUBLISHED);
        newestChangeState = state.getListState(NEWEST_CHANGE);
        open = new ArrayList<>();
        pending = new ArrayList<>();
        pendingState.get().forEach(pending::add);
        if (context.isRestored() && !lineageState.get().iterator().hasNext()) {
            // As a new lineage it would replace the tables by what changes from here on.
            throw new IllegalStateException(
                    "the checkpoint that the job was restored from holds no state of the publisher: "
                            + "restore with the build that wrote it, or start the job without a savepoint");
        }
        lineage = UUID.fromString(only(lineageState, UUID.randomUUID().toString()));
        hasPublished = only(hasPublishedState, false);
        newestChange = only(newestChangeState, Long.MIN_VALUE);
        restoredCheckpoint = context.getRestoredCheckpointId();
    }

    private static <T> T only(ListState<T> state, T otherwise) throws Exception {
        Iterator<T> values = state.get().iterator();
        return values.hasNext() ? values.next() : otherwise;
    }

    @Override
    public void open() throws Exception {
        super.open();
        hasSwept = false;
        measured = new PublicationMetrics(getMetricGroup(), getProcessingTimeService()::getCurrentProcessingTime);
        publication = new Publication(target, lineage);
        isWaiting = false;
        if (restoredCheckpoint.isPresent() && mayPublish(pending)) {
            Iterator<Long> publishedThen = publishedState.get().iterator();
            publication.resume(
                    restoredCheckpoint.getAsLong(),
                    pending,
                    publishedThen.hasNext() ? publishedThen.next() : null,
                    !hasPublished);
            hasPublished |= !pending.isEmpty();
            pending.clear();
        }
    }

    /** Whether it need not wait for what {@link TakeOver#CAUGHT_UP} says. */
    private boolean mayPublish(List<PendingEpoch> due) throws SQLException {
        if (hasPublished || takeOver == TakeOver.AT_ONCE) {
            return true;
        }
        long behind = publication.behindOthers(PendingEpoch.nextOffsets(due));
        if (behind > 0 && !isWaiting) {
            LOG.info("The tables stay another run's until this one has read as far: {} messages to go.", behind);
        } else if (behind == 0 && isWaiting) {
            LOG.info("As far as the tables stand for: they are replaced.");
        }
        isWaiting = behind > 0;
        return !isWaiting;
    }

    @Override
    public void processElement(StreamRecord<EpochPart> record) {
        EpochPart part = record.getValue();
        if (part instanceof SourceProgress progress) {
            newestChange = Math.max(newestChange, progress.newestChange());
        }
        open.add(part);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        pending.add(new PendingEpoch(context.getCheckpointId(), newestChange, open));
        open = new ArrayList<>();
        pendingState.update(pending);
        lineageState.update(List.of(lineage.toString()));
        hasPublishedState.update(List.of(hasPublished));
        Long published = publication.published();
        publishedState.update(published == null ? List.of() : List.of(published));
        newestChangeState.update(List.of(newestChange));
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        List<PendingEpoch> due = pending.stream()
                .filter(epoch -> epoch.checkpoint() <= checkpointId)
                .toList();
        if (due.isEmpty() || !mayPublish(due)) {
            return;
        }
        // Chunks that nobody will publish lie below the first of this start's own.
        boolean isOwn = due.get(0).checkpoint() > restoredCheckpoint.orElse(Long.MIN_VALUE);
        boolean sweeps = isOwn && !hasSwept;
        long started = System.nanoTime();
        publication.publish(due, !hasPublished, sweeps ? (Long) PendingEpoch.firstChunk(due) : null);
        measured.published(System.nanoTime() - started, due.get(due.size() - 1).newestChange());
        hasPublished = true;
        hasSwept |= sweeps;
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
