package io.retally.jobs.repprogress;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import io.retally.core.ledger.LessonFacts;
import io.retally.core.ledger.LessonFactsCodec;
import io.retally.core.ledger.LessonKey;
import io.retally.core.ledger.Rep;
import io.retally.core.ledger.RepCodec;
import io.retally.core.ledger.RepStore;
import io.retally.core.total.Vectors;
import io.retally.jobs.types.CodecType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.FlinkRuntimeException;

/** The ledger of the current key's rep, in keyed state: a value for its head, an entry a lesson, an entry a day. */
final class KeyedRepStore implements RepStore {

    /** The verbs that a day is counted by. */
    private static final int VERBS = 6;

    static final ValueStateDescriptor<Rep> REP =
            new ValueStateDescriptor<>("rep", CodecType.of(Rep.class, RepCodec.class));
    private static final MapStateDescriptor<String, LessonFacts> FACTS =
            new MapStateDescriptor<>("facts", Types.STRING, CodecType.of(LessonFacts.class, LessonFactsCodec.class));
    private static final MapStateDescriptor<String, long[]> DAYS =
            new MapStateDescriptor<>("days", Types.STRING, CodecType.of(long[].class, CountsCodec.class));

    private final ValueState<Rep> reps;
    private final MapState<String, LessonFacts> facts;
    private final MapState<String, long[]> days;
    private final BiConsumer<Rep, Rep> onHeadChange;
    private Rep head = Rep.NONE;

    /** @param onHeadChange is told of the current key's head, as it was read and as it is kept from now on */
    KeyedRepStore(KeyedStateStore state, BiConsumer<Rep, Rep> onHeadChange) {
        this.onHeadChange = onHeadChange;
        reps = state.getState(REP);
        facts = state.getMapState(FACTS);
        days = state.getMapState(DAYS);
    }

    @Override
    public Rep rep() {
        head = read(() -> Objects.requireNonNullElse(reps.value(), Rep.NONE));
        return head;
    }

    @Override
    public void rep(Rep rep) {
        onHeadChange.accept(head, rep);
        write(() -> {
            if (rep.isEmpty()) {
                reps.clear();
            } else {
                reps.update(rep);
            }
        });
    }

    @Override
    public LessonFacts facts(LessonKey key) {
        return read(() -> Objects.requireNonNullElse(facts.get(key.encode()), LessonFacts.EMPTY));
    }

    @Override
    public void facts(LessonKey key, LessonFacts now) {
        write(() -> {
            if (now.isEmpty()) {
                facts.remove(key.encode());
            } else {
                facts.put(key.encode(), now);
            }
        });
    }

    @Override
    public void forEachLesson(BiConsumer<LessonKey, LessonFacts> action) {
        write(() -> {
            for (Map.Entry<String, LessonFacts> entry : facts.entries()) {
                action.accept(LessonKey.decode(entry.getKey()), entry.getValue());
            }
        });
    }

    @Override
    public long[] dayCounts(String programId, int day) {
        return read(() -> Objects.requireNonNullElseGet(days.get(dayKey(programId, day)), () -> new long[VERBS]));
    }

    @Override
    public void dayCounts(String programId, int day, long[] counts) {
        write(() -> {
            if (Vectors.isZero(counts)) {
                days.remove(dayKey(programId, day));
            } else {
                days.put(dayKey(programId, day), counts);
            }
        });
    }

    /** The key of a day in its map. */
    static String dayKey(String programId, int day) {
        return programId + '\u0000' + day;
    }

    private interface Read<T> {
        T run() throws Exception;
    }

    private interface Write {
        void run() throws Exception;
    }

    private static <T> T read(Read<T> access) {
        try {
            return access.run();
        } catch (Exception e) {
            throw new FlinkRuntimeException("state could not be read", e);
        }
    }

    private static void write(Write access) {
        try {
            access.run();
        } catch (Exception e) {
            throw new FlinkRuntimeException("state could not be read or written", e);
        }
    }

    /** The counts of a day, one variable-length number a verb, behind a version byte. */
    public static final class CountsCodec implements Codec<long[]> {
        private static final int VERSION = 1;

        @Override
        public void write(long[] counts, DataOutput out) throws IOException {
            out.writeByte(VERSION);
            for (long count : counts) {
                Binary.writeUnsigned(count, out);
            }
        }

        @Override
        public long[] read(DataInput in) throws IOException {
            Binary.requireVersion(VERSION, "the counts of a day", in);
            long[] counts = new long[VERBS];
            for (int i = 0; i < VERBS; i++) {
                counts[i] = Binary.readUnsigned(in);
            }
            return counts;
        }
    }
}
