package io.retally.jobs.assignments;

import io.retally.core.assignment.Assignment;
import io.retally.core.assignment.DecidedLesson;
import io.retally.core.assignment.DecidedLessonCodec;
import io.retally.core.assignment.LessonStanding;
import io.retally.core.serving.Row;
import io.retally.jobs.metrics.AssignmentMetrics;
import io.retally.jobs.mongo.AssignmentChange;
import io.retally.jobs.mongo.AssignmentId;
import io.retally.jobs.types.CodecType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.ThrowingConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides what each rep is to do on the grounds of each lesson. Keyed by contact, with the rows of {@code rep_lesson}; rules come to
 * every subtask. A lesson is decided when its row changes, when days have passed so that another rule decides, and, at the
 * barrier, when a rule changes that is about it.
 *
 * <p><b>What is written is always known to a checkpoint.</b> MongoDB takes no part in checkpoints: what a job has written before it
 * crashes stays, even if the restored job decides otherwise. So a decision that differs from the one before makes its lesson
 * <em>pending</em>, in state. Only when a checkpoint that holds it as pending is complete is the decision passed on. The next
 * checkpoint, which does not hold it so any more, is complete only after the sink has written it. Whatever a crash leaves in MongoDB
 * therefore belongs to lessons that are pending in the restored state, or is what that state has decided; and the former are all
 * passed on anew.
 *
 * <p>All changes of an assignment must come to one writer in their order: the sink is chained to this.
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by initializeState and open
final class DecideAssignments extends AbstractStreamOperator<AssignmentChange>
        implements TwoInputStreamOperator<Row, RuleChange, AssignmentChange>, Triggerable<String, String> {

    private static final long serialVersionUID = 1L;

    static final MapStateDescriptor<String, DecidedLesson> LESSONS = new MapStateDescriptor<>(
            "lessons", Types.STRING, CodecType.of(DecidedLesson.class, DecidedLessonCodec.class));

    /** Of a pending lesson the last checkpoint that does not hold it as such. */
    static final MapStateDescriptor<String, Long> PENDING =
            new MapStateDescriptor<>("pending", Types.STRING, Types.LONG);

    /** Programs and lessons have ids that are served, in which it cannot be. */
    private static final char SEPARATOR = '\u0000';

    private final StoredIds stored;

    private transient MapState<String, DecidedLesson> lessons;
    private transient MapState<String, Long> pending;
    private transient InternalTimerService<String> timers;
    private transient RuleBook rules;
    private transient boolean restored;
    private transient long lastCheckpoint;

    /** The reps with pending lessons that wait for a checkpoint to be complete, by the last one that does not hold them as such. */
    private transient TreeMap<Long, Set<String>> waiting;

    private transient int waitingReps;

    private transient AssignmentMetrics measured;

    /** Passes on the ids of all documents that MongoDB holds. */
    interface StoredIds extends Serializable {
        void forEach(ThrowingConsumer<AssignmentId, Exception> action) throws Exception;
    }

    /** @param stored is asked by a job that begins from empty state, to withdraw what nothing calls for */
    DecideAssignments(StoredIds stored) {
        this.stored = stored;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        lessons = context.getKeyedStateStore().getMapState(LESSONS);
        pending = context.getKeyedStateStore().getMapState(PENDING);
        rules = new RuleBook(context.getOperatorStateStore());
        restored = context.isRestored();
        lastCheckpoint = context.getRestoredCheckpointId().orElse(0);
        waiting = new TreeMap<>();
        waitingReps = 0;
        measured = AssignmentMetrics.in(getMetricGroup(), () -> waitingReps);
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers = getInternalTimerService("valid-until", StringSerializer.INSTANCE, this);
        if (restored) {
            for (String contactId : contactIds(PENDING)) {
                passOn(contactId, Long.MAX_VALUE);
            }
        } else {
            TaskInfo task = getRuntimeContext().getTaskInfo();
            stored.forEach(id -> {
                int subtask = KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        id.contactId(), task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks());
                if (subtask == task.getIndexOfThisSubtask()) {
                    setCurrentKey(id.contactId());
                    markPending(lessonKey(id.programId(), id.lessonId()));
                }
            });
        }
    }

    @Override
    public void processElement1(StreamRecord<Row> record) throws Exception {
        Row row = record.getValue();
        @Nullable Object[] key = row.values();
        String lesson = lessonKey((String) Objects.requireNonNull(key[1]), (String) Objects.requireNonNull(key[2]));
        decide(lesson, row.isDeletion() ? null : LessonStanding.of(row), now());
    }

    @Override
    public void processElement2(StreamRecord<RuleChange> record) throws Exception {
        rules.change(record.getValue());
    }

    @Override
    public void onEventTime(InternalTimer<String, String> timer) {
        throw new IllegalStateException("there are no timers of event time");
    }

    @Override
    public void onProcessingTime(InternalTimer<String, String> timer) throws Exception {
        DecidedLesson lesson = lessons.get(timer.getNamespace());
        if (lesson != null) {
            // The clock may have been set back since the timer fired.
            decide(timer.getNamespace(), lesson.standing(), Math.max(now(), timer.getTimestamp()));
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        if (rules.isChanged()) {
            for (String contactId : contactIds(LESSONS)) {
                setCurrentKey(contactId);
                decideWhatChangedRulesAreAbout();
            }
            rules.settle();
        }
    }

    private void decideWhatChangedRulesAreAbout() throws Exception {
        List<LessonStanding> standings = new ArrayList<>();
        for (DecidedLesson lesson : lessons.values()) {
            if (rules.isChangedFor(lesson.standing())) {
                standings.add(lesson.standing());
            }
        }
        for (LessonStanding standing : standings) {
            decide(lessonKey(standing.programId(), standing.lessonId()), standing, now());
        }
    }

    /** Decides a lesson of the current key's rep, which has no standing in it any more if that is null. */
    private void decide(String key, @Nullable LessonStanding standing, long now) throws Exception {
        DecidedLesson before = lessons.get(key);
        DecidedLesson after = standing == null ? null : DecidedLesson.of(standing, rules.about(standing), now);
        if (Objects.equals(before, after)) {
            return;
        }
        if (after == null) {
            lessons.remove(key);
        } else {
            lessons.put(key, after);
        }
        moveTimer(key, validUntil(before), validUntil(after));
        if (!Objects.equals(assignment(before), assignment(after))) {
            markPending(key);
        }
    }

    private void moveTimer(String key, @Nullable Long before, @Nullable Long after) {
        if (!Objects.equals(before, after)) {
            if (before != null) {
                timers.deleteProcessingTimeTimer(key, before);
            }
            if (after != null) {
                timers.registerProcessingTimeTimer(key, after);
            }
        }
    }

    private void markPending(String key) throws Exception {
        // What waits for a checkpoint already goes with it as it is by then, so that a busy lesson does not wait for
        // ever.
        if (!pending.contains(key)) {
            pending.put(key, lastCheckpoint);
            Set<String> contactIds = waiting.computeIfAbsent(lastCheckpoint, checkpoint -> new HashSet<>());
            waitingReps += contactIds.add((String) getCurrentKey()) ? 1 : 0;
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        lastCheckpoint = context.getCheckpointId();
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        Map<Long, Set<String>> complete = waiting.headMap(checkpointId);
        for (Set<String> contactIds : complete.values()) {
            for (String contactId : contactIds) {
                passOn(contactId, checkpointId);
            }
            waitingReps -= contactIds.size();
        }
        complete.clear();
    }

    /** Passes on a rep's lessons that a complete checkpoint holds as pending. */
    private void passOn(String contactId, long completeCheckpoint) throws Exception {
        setCurrentKey(contactId);
        List<String> keys = new ArrayList<>();
        for (Map.Entry<String, Long> lesson : pending.entries()) {
            if (lesson.getValue() < completeCheckpoint) {
                keys.add(lesson.getKey());
            }
        }
        for (String key : keys) {
            pending.remove(key);
            Assignment assignment = assignment(lessons.get(key));
            (assignment == null ? measured.withdrawnAssignments() : measured.writtenAssignments()).inc();
            output.collect(new StreamRecord<>(new AssignmentChange(id(contactId, key), assignment)));
        }
    }

    private List<String> contactIds(MapStateDescriptor<String, ?> state) {
        try (Stream<String> contactIds =
                this.<String>getKeyedStateBackend().getKeys(state.getName(), VoidNamespace.INSTANCE)) {
            return contactIds.toList();
        }
    }

    private long now() {
        return timers.currentProcessingTime();
    }

    private static @Nullable Assignment assignment(@Nullable DecidedLesson lesson) {
        return lesson == null ? null : lesson.decision().assignment();
    }

    private static @Nullable Long validUntil(@Nullable DecidedLesson lesson) {
        return lesson == null ? null : lesson.decision().validUntil();
    }

    private static String lessonKey(String programId, String lessonId) {
        return programId + SEPARATOR + lessonId;
    }

    private static AssignmentId id(String contactId, String lessonKey) {
        int separator = lessonKey.indexOf(SEPARATOR);
        return new AssignmentId(contactId, lessonKey.substring(0, separator), lessonKey.substring(separator + 1));
    }
}
