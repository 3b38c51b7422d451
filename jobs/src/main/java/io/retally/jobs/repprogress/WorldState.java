package io.retally.jobs.repprogress;

import io.retally.core.document.Account;
import io.retally.core.document.Collection;
import io.retally.core.document.DocumentCodec;
import io.retally.core.document.Program;
import io.retally.core.ledger.Plan;
import io.retally.core.ledger.World;
import io.retally.core.zone.TimeZone;
import io.retally.core.zone.TimeZones;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * The accounts and programs, on every subtask: as all reps were last settled with them, and as they are now. State holds
 * them as they are now; when it is written, everything is settled.
 */
final class WorldState {

    static final MapStateDescriptor<String, byte[]> IMAGES = new MapStateDescriptor<>(
            "accounts-and-programs", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    private final BroadcastState<String, byte[]> images;
    private final Map<String, Plan> settledPlans = new HashMap<>();
    private final Map<String, TimeZone> settledTimeZones = new HashMap<>();
    private final Map<String, @Nullable Plan> changedPlans = new HashMap<>();
    private final Map<String, @Nullable TimeZone> changedTimeZones = new HashMap<>();

    /** The world that all reps were last settled with. */
    private final World settled = new World() {
        @Override
        public @Nullable Plan plan(String programId) {
            return settledPlans.get(programId);
        }

        @Override
        public @Nullable TimeZone timeZone(String accountId) {
            return settledTimeZones.get(accountId);
        }
    };

    /** The world as it is now. */
    private final World current = new World() {
        @Override
        public @Nullable Plan plan(String programId) {
            return changedPlans.containsKey(programId) ? changedPlans.get(programId) : settledPlans.get(programId);
        }

        @Override
        public @Nullable TimeZone timeZone(String accountId) {
            return changedTimeZones.containsKey(accountId)
                    ? changedTimeZones.get(accountId)
                    : settledTimeZones.get(accountId);
        }
    };

    WorldState(OperatorStateStore state) throws Exception {
        images = state.getBroadcastState(IMAGES);
        for (Map.Entry<String, byte[]> entry : images.entries()) {
            String key = entry.getKey();
            Collection collection = key.charAt(0) == 'A' ? Collection.ACCOUNTS : Collection.PROGRAMS;
            changeTo(collection, key.substring(1), entry.getValue());
        }
        settle();
    }

    void change(WorldChange change) throws Exception {
        String key = (change.collection() == Collection.ACCOUNTS ? 'A' : 'P') + change.id();
        byte[] image = change.image();
        if (image == null) {
            images.remove(key);
        } else {
            images.put(key, image);
        }
        changeTo(change.collection(), change.id(), image);
    }

    private void changeTo(Collection collection, String id, byte @Nullable [] image) {
        if (collection == Collection.ACCOUNTS) {
            TimeZone timeZone = image == null
                    ? null
                    : TimeZones.zone(((Account) DocumentCodec.fromBytes(collection, id, image)).timeZone());
            note(changedTimeZones, settledTimeZones, id, timeZone);
        } else {
            Plan plan = image == null ? null : Plan.of((Program) DocumentCodec.fromBytes(collection, id, image));
            note(changedPlans, settledPlans, id, plan);
        }
    }

    private static <T> void note(Map<String, @Nullable T> changed, Map<String, T> settled, String id, @Nullable T now) {
        if (Objects.equals(now, settled.get(id))) {
            changed.remove(id);
        } else {
            changed.put(id, now);
        }
    }

    World settled() {
        return settled;
    }

    World current() {
        return current;
    }

    /** The programs whose plan is another one than reps were last settled with. */
    Set<String> changedPrograms() {
        return changedPlans.keySet();
    }

    /** The accounts whose time zone is another one than reps were last settled with. */
    Set<String> changedAccounts() {
        return changedTimeZones.keySet();
    }

    boolean isChanged() {
        return !changedPlans.isEmpty() || !changedTimeZones.isEmpty();
    }

    /** Every rep is settled with the world as it is now. */
    void settle() {
        apply(changedPlans, settledPlans);
        apply(changedTimeZones, settledTimeZones);
    }

    private static <T> void apply(Map<String, @Nullable T> changed, Map<String, T> settled) {
        changed.forEach((id, now) -> {
            if (now == null) {
                settled.remove(id);
            } else {
                settled.put(id, now);
            }
        });
        changed.clear();
    }
}
