package io.retally.jobs.repprogress;

import io.retally.core.codec.Binary;
import io.retally.core.document.Account;
import io.retally.core.document.Collection;
import io.retally.core.document.DocumentCodec;
import io.retally.core.document.Program;
import io.retally.core.ledger.Plan;
import io.retally.core.ledger.World;
import io.retally.core.zone.TimeZone;
import io.retally.core.zone.TimeZoneCodec;
import io.retally.core.zone.TzDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
 *
 * <p>State holds the rules of the accounts' time zones, too: a build with another edition of the tz database must retract
 * the days that the reps were settled with. After a restore the accounts whose rules differ are changed ones.
 */
final class WorldState {

    static final MapStateDescriptor<String, byte[]> IMAGES = new MapStateDescriptor<>(
            "accounts-and-programs", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    private static final char ACCOUNT = 'A';
    private static final char PROGRAM = 'P';
    private static final char RULES = 'Z';

    /** Of all builds that did not keep the rules in state. */
    private static final String EDITION_WITHOUT_RULES = "2026c";

    private static final TimeZoneCodec RULES_FORM = new TimeZoneCodec();

    /** By collection and id; and the rules of time zones, by name. */
    private final BroadcastState<String, byte[]> images;

    private final TzDatabase tzDatabase;
    private final Map<String, String> timeZoneNames = new HashMap<>();
    private boolean timeZoneNamesChanged;
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

    WorldState(OperatorStateStore state, TzDatabase tzDatabase) throws Exception {
        this.tzDatabase = tzDatabase;
        images = state.getBroadcastState(IMAGES);
        Map<String, TimeZone> rules = new HashMap<>();
        for (Map.Entry<String, byte[]> entry : images.entries()) {
            String key = entry.getKey();
            switch (key.charAt(0)) {
                case ACCOUNT -> changeTo(Collection.ACCOUNTS, key.substring(1), entry.getValue());
                case PROGRAM -> changeTo(Collection.PROGRAMS, key.substring(1), entry.getValue());
                case RULES -> rules.put(key.substring(1), Binary.fromBytes(RULES_FORM, entry.getValue()));
                default ->
                    throw new IllegalStateException("what is kept under " + key + " is of a later build: "
                            + "restore with the build that wrote it");
            }
        }
        settle();
        for (Map.Entry<String, String> account : timeZoneNames.entrySet()) {
            TimeZone settledWith = rules.get(account.getValue());
            if (settledWith == null) {
                requireEditionWithoutRules();
            } else if (!settledWith.hasRulesOf(tzDatabase.zone(account.getValue()))) {
                settledTimeZones.put(account.getKey(), settledWith);
                note(changedTimeZones, settledTimeZones, account.getKey(), tzDatabase.zone(account.getValue()));
            }
        }
    }

    private void requireEditionWithoutRules() {
        if (!tzDatabase.edition().equals(EDITION_WITHOUT_RULES)) {
            throw new IllegalStateException(
                    "the savepoint does not say by which rules days were counted; they are those of "
                            + "the tz database " + EDITION_WITHOUT_RULES + ", this build has " + tzDatabase.edition()
                            + ": restore it with a build of that edition that keeps them, and this build from its savepoint");
        }
    }

    void change(WorldChange change) throws Exception {
        String key = (change.collection() == Collection.ACCOUNTS ? ACCOUNT : PROGRAM) + change.id();
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
            String name = image == null ? null : ((Account) DocumentCodec.fromBytes(collection, id, image)).timeZone();
            timeZoneNamesChanged |=
                    !Objects.equals(name, name == null ? timeZoneNames.remove(id) : timeZoneNames.put(id, name));
            note(changedTimeZones, settledTimeZones, id, name == null ? null : tzDatabase.zone(name));
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
    void settle() throws Exception {
        apply(changedPlans, settledPlans);
        boolean rulesChanged = timeZoneNamesChanged || !changedTimeZones.isEmpty();
        apply(changedTimeZones, settledTimeZones);
        if (rulesChanged) {
            keepRules();
        }
    }

    /** Puts the rules that days are counted by into state, and no others. */
    private void keepRules() throws Exception {
        Set<String> needed = Set.copyOf(timeZoneNames.values());
        for (String name : needed) {
            images.put(RULES + name, Binary.toBytes(RULES_FORM, tzDatabase.zone(name)));
        }
        List<String> keys = new ArrayList<>();
        images.immutableEntries().forEach(entry -> keys.add(entry.getKey()));
        for (String key : keys) {
            if (key.charAt(0) == RULES && !needed.contains(key.substring(1))) {
                images.remove(key);
            }
        }
        timeZoneNamesChanged = false;
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
