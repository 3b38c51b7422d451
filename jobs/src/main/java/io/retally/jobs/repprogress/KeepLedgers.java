package io.retally.jobs.repprogress;

import io.retally.core.ledger.Rep;
import io.retally.core.ledger.RepChanges;
import io.retally.core.ledger.Settlement;
import io.retally.core.ledger.World;
import io.retally.core.serving.Row;
import io.retally.core.total.Difference;
import io.retally.core.total.DifferenceBuffer;
import io.retally.core.total.DifferenceCodec;
import io.retally.core.zone.TimeZones;
import io.retally.core.zone.TzDatabase;
import io.retally.jobs.metrics.LedgerMetrics;
import io.retally.jobs.postgres.StageRows;
import io.retally.jobs.types.CodecType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each rep's ledger. Keyed by contact; accounts and programs come to every subtask. Changes wait in memory until the
 * barrier (or until many wait), then each rep that they touch is settled once: a rep with twenty clicks in an epoch costs
 * as much as one with one, and the differences of thousands of reps to one total leave as one.
 *
 * <p>A change of the world is settled at the barrier, for all reps that it touches.
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by initializeState and open
public final class KeepLedgers extends AbstractStreamOperator<Difference>
        implements TwoInputStreamOperator<LedgerChange, WorldChange, Difference>, BoundedMultiInput {

    private static final long serialVersionUID = 1L;

    /** The rep's own rows, and their deletions. */
    public static final OutputTag<Row> ROWS = new OutputTag<>("rep-rows", StageRows.ROW_TYPE);

    public static final CodecType<Difference> DIFFERENCE_TYPE = CodecType.of(Difference.class, DifferenceCodec.class);

    /** Bounds the memory of waiting changes: about {@link #BYTES_OF_A_CHANGE} each. A larger one counts as several. */
    private static final int MAX_WAITING_CHANGES = 50_000;

    private static final int BYTES_OF_A_CHANGE = 500;

    /** Bounds the memory of waiting differences: about 300 bytes each. */
    private static final int MAX_WAITING_DIFFERENCES = 100_000;

    private final int maxWaitingChanges;
    private final int maxWaitingDifferences;
    private final SerializableSupplier<TzDatabase> tzDatabase;

    private transient Map<String, RepChanges> waiting = new HashMap<>();
    private transient int waitingChanges;
    private transient DifferenceBuffer differences = new DifferenceBuffer();
    private transient KeyedRepStore store;
    private transient WorldState world;
    /** Null until the first change of a program after a start: then every rep's head is read once. */
    private transient @Nullable EnrolledReps enrolled;

    private transient int openInputs;
    private transient LedgerMetrics measured;

    public KeepLedgers() {
        this(MAX_WAITING_CHANGES, MAX_WAITING_DIFFERENCES);
    }

    /** With other bounds, on which no result depends. */
    KeepLedgers(int maxWaitingChanges, int maxWaitingDifferences) {
        this(maxWaitingChanges, maxWaitingDifferences, TimeZones::carried);
    }

    /** With another edition of the tz database. */
    KeepLedgers(int maxWaitingChanges, int maxWaitingDifferences, SerializableSupplier<TzDatabase> tzDatabase) {
        this.maxWaitingChanges = maxWaitingChanges;
        this.maxWaitingDifferences = maxWaitingDifferences;
        this.tzDatabase = tzDatabase;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        waiting = new HashMap<>();
        differences = new DifferenceBuffer();
        openInputs = 2;
        measured = LedgerMetrics.in(getMetricGroup(), waiting::size);
        enrolled = null;
        store = new KeyedRepStore(context.getKeyedStateStore(), this::noteEnrollments);
        world = new WorldState(context.getOperatorStateStore(), tzDatabase.get());
    }

    @Override
    public void processElement1(StreamRecord<LedgerChange> record) {
        LedgerChange change = record.getValue();
        change.addTo(waiting.computeIfAbsent(change.contactId(), contactId -> new RepChanges()));
        byte[] image = change.image();
        waitingChanges += 1 + (image == null ? 0 : image.length / BYTES_OF_A_CHANGE);
        if (waitingChanges >= maxWaitingChanges) {
            settleWaiting(world.settled());
        }
    }

    @Override
    public void processElement2(StreamRecord<WorldChange> record) throws Exception {
        world.change(record.getValue());
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        settleAll();
    }

    @Override
    public void endInput(int input) throws Exception {
        if (--openInputs == 0) {
            settleAll();
        }
    }

    private void settleAll() throws Exception {
        if (world.isChanged()) {
            for (String contactId : repsOfChangedWorld()) {
                waiting.computeIfAbsent(contactId, id -> new RepChanges());
            }
            settleWaiting(world.current());
        } else {
            settleWaiting(world.settled());
        }
        world.settle();
    }

    private void settleWaiting(World now) {
        Settlement settlement = new Settlement(store, world.settled(), now, this::emit, differences);
        waiting.forEach((contactId, changes) -> {
            setCurrentKey(contactId);
            settlement.settle(changes);
            if (differences.size() >= maxWaitingDifferences) {
                differences.drainTo(this::emit);
            }
        });
        measured.settledReps().inc(waiting.size());
        waiting.clear();
        waitingChanges = 0;
        differences.drainTo(this::emit);
    }

    /** The reps whose contribution the changed accounts and programs may change. */
    private Set<String> repsOfChangedWorld() throws Exception {
        Set<String> touched = new HashSet<>();
        if (!world.changedPrograms().isEmpty()) {
            touched.addAll(enrolledReps().of(world.changedPrograms()));
        }
        // An account's time zone is edited so seldom that every head may be read for it.
        if (!world.changedAccounts().isEmpty()) {
            forEachRep((contactId, rep) -> {
                if (rep.enrollments().values().stream()
                        .anyMatch(enrollment -> world.changedAccounts().contains(enrollment.accountId()))) {
                    touched.add(contactId);
                }
            });
        }
        return touched;
    }

    private EnrolledReps enrolledReps() throws Exception {
        EnrolledReps known = enrolled;
        if (known == null) {
            EnrolledReps index = new EnrolledReps();
            forEachRep((contactId, rep) -> index.change(contactId, Rep.NONE, rep));
            enrolled = index;
            return index;
        }
        return known;
    }

    private void noteEnrollments(Rep before, Rep now) {
        if (enrolled != null) {
            enrolled.change((String) getCurrentKey(), before, now);
        }
    }

    private void forEachRep(BiConsumer<String, Rep> action) throws Exception {
        List<String> contactIds;
        try (Stream<String> keys =
                this.<String>getKeyedStateBackend().getKeys(KeyedRepStore.REP.getName(), VoidNamespace.INSTANCE)) {
            contactIds = keys.toList();
        }
        for (String contactId : contactIds) {
            setCurrentKey(contactId);
            action.accept(contactId, store.rep());
        }
    }

    private void emit(Row row) {
        output.collect(ROWS, new StreamRecord<>(row));
    }

    private void emit(Difference difference) {
        output.collect(new StreamRecord<>(difference));
    }
}
