package io.retally.core.ledger;

import io.retally.core.document.Account;
import io.retally.core.document.Collection;
import io.retally.core.document.Contact;
import io.retally.core.document.Document;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.document.Program;
import io.retally.core.total.DifferenceBuffer;
import io.retally.core.zone.TimeZone;
import io.retally.core.zone.TimeZones;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A company's ledgers in memory: what the job's operators do around settlements, without the operators. */
final class InMemoryLedgers {

    private record Snapshot(Map<String, Plan> plans, Map<String, TimeZone> timeZones) implements World {
        @Override
        public @Nullable Plan plan(String programId) {
            return plans.get(programId);
        }

        @Override
        public @Nullable TimeZone timeZone(String accountId) {
            return timeZones.get(accountId);
        }
    }

    private final Map<Object, Document> documents = new LinkedHashMap<>();
    private final Map<String, InMemoryRepStore> stores = new HashMap<>();
    private final InMemoryTables tables = new InMemoryTables();
    private final Map<String, RepChanges> waiting = new HashMap<>();
    private World settled = new Snapshot(Map.of(), Map.of());
    private boolean worldChanged;

    /** The documents that are there. */
    java.util.Collection<Document> documents() {
        return documents.values();
    }

    InMemoryTables tables() {
        return tables;
    }

    /** What is kept of each rep of whom anything is. */
    Map<String, Object> ledgers() {
        return stores.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().content()));
    }

    /** The document is now this, or gone. */
    void change(Collection collection, String id, @Nullable Document now) {
        Object key = Map.entry(collection, id);
        Document before = now == null ? documents.remove(key) : documents.put(key, now);
        switch (collection) {
            case INTERACTIONS -> {
                if (before instanceof Interaction retracted) {
                    rep(retracted.contactId()).interaction(retracted, -1);
                }
                if (now instanceof Interaction added) {
                    rep(added.contactId()).interaction(added, 1);
                }
            }
            case ENROLLMENTS -> {
                if (before instanceof Enrollment left) {
                    rep(left.contactId()).enrollment(id, null);
                }
                if (now instanceof Enrollment entered) {
                    rep(entered.contactId()).enrollment(id, entered);
                }
            }
            case CONTACTS -> rep(id).contact((Contact) now);
            case ACCOUNTS, PROGRAMS -> worldChanged = true;
            case TEAMS -> {}
        }
    }

    private RepChanges rep(String contactId) {
        return waiting.computeIfAbsent(contactId, id -> new RepChanges());
    }

    /** Settles the reps that changed; with them, if the world did, all others. */
    void settle() {
        World now = worldChanged ? world() : settled;
        Set<String> reps = new HashSet<>(waiting.keySet());
        if (worldChanged) {
            reps.addAll(stores.keySet());
        }
        DifferenceBuffer differences = new DifferenceBuffer();
        for (String contactId : reps) {
            InMemoryRepStore store = stores.computeIfAbsent(contactId, id -> new InMemoryRepStore());
            new Settlement(store, settled, now, tables::accept, differences)
                    .settle(waiting.getOrDefault(contactId, new RepChanges()));
        }
        differences.drainTo(tables::accept);
        waiting.clear();
        settled = now;
        worldChanged = false;
    }

    private World world() {
        Map<String, Plan> plans = new HashMap<>();
        Map<String, TimeZone> timeZones = new HashMap<>();
        for (Document document : documents.values()) {
            if (document instanceof Program program) {
                plans.put(program.id(), Plan.of(program));
            } else if (document instanceof Account account) {
                timeZones.put(account.id(), TimeZones.zone(account.timeZone()));
            }
        }
        return new Snapshot(plans, timeZones);
    }
}
