package io.retally.jmh;

import io.retally.core.document.Account;
import io.retally.core.document.Contact;
import io.retally.core.document.Document;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.document.Origin;
import io.retally.core.document.Program;
import io.retally.core.ledger.LessonKey;
import io.retally.core.ledger.Plan;
import io.retally.core.ledger.RepChanges;
import io.retally.core.ledger.Settlement;
import io.retally.core.ledger.World;
import io.retally.core.serving.Row;
import io.retally.core.total.DifferenceBuffer;
import io.retally.core.zone.TimeZone;
import io.retally.core.zone.TimeZones;
import io.retally.documents.ChangeDecoder;
import io.retally.documents.Decoded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The generated company after its last change: each rep's ledger, settled, and what is in it. */
final class Company {
    private final Map<Object, Document> documents = new LinkedHashMap<>();
    private final Map<String, LedgerInMemory> ledgers = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final World world;

    Company() {
        ChangeDecoder decoder = new ChangeDecoder();
        for (Messages.Message message : Messages.all()) {
            Decoded decoded = decoder.decode(message.collection(), Origin.LIVE, message.key(), message.value());
            if (!(decoded instanceof Decoded.Change change)) {
                throw new IllegalStateException("a generated message is no change: " + decoded);
            }
            Object key = Map.entry(change.collection(), change.id());
            Document now = change.document();
            if (now == null) {
                documents.remove(key);
            } else {
                documents.put(key, now);
            }
        }
        this.world = world();
        Map<String, RepChanges> changes = new HashMap<>();
        for (Document document : documents.values()) {
            if (document instanceof Contact contact) {
                rep(changes, contact.id()).contact(contact);
            } else if (document instanceof Enrollment enrollment) {
                rep(changes, enrollment.contactId()).enrollment(enrollment.id(), enrollment);
            } else if (document instanceof Interaction interaction) {
                rep(changes, interaction.contactId()).interaction(interaction, 1);
            }
        }
        DifferenceBuffer totals = new DifferenceBuffer();
        changes.forEach((contactId, all) -> {
            ledgers.put(contactId, new LedgerInMemory());
            settle(contactId, all, rows::add, totals);
        });
    }

    private static RepChanges rep(Map<String, RepChanges> changes, String contactId) {
        return changes.computeIfAbsent(contactId, id -> new RepChanges());
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
        return new World() {
            @Override
            public @Nullable Plan plan(String programId) {
                return plans.get(programId);
            }

            @Override
            public @Nullable TimeZone timeZone(String accountId) {
                return timeZones.get(accountId);
            }
        };
    }

    /** Settles a rep with what happened to it. */
    void settle(String contactId, RepChanges changes, Consumer<Row> changed, DifferenceBuffer totals) {
        LedgerInMemory ledger = ledgers.get(contactId);
        if (ledger == null) {
            throw new IllegalArgumentException("there is no ledger of " + contactId);
        }
        new Settlement(ledger, world, world, changed, totals).settle(changes);
    }

    /** All rows of the reps, as they were made when their ledgers were settled. */
    List<Row> rows() {
        return rows;
    }

    /** What each rep did in each lesson. */
    List<List<Interaction>> lessons() {
        Map<Object, List<Interaction>> lessons = new LinkedHashMap<>();
        for (Document document : documents.values()) {
            if (document instanceof Interaction interaction) {
                lessons.computeIfAbsent(
                                Map.entry(interaction.contactId(), LessonKey.of(interaction)), key -> new ArrayList<>())
                        .add(interaction);
            }
        }
        return List.copyOf(lessons.values());
    }
}
