package io.retally.devkit.chaos;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.Documents;
import io.retally.devkit.load.generated.GeneratedCompany;
import io.retally.devkit.load.generated.Size;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * An endless row of changes to a company's documents, the same for the same seed: a generated company at work, and between
 * that changes of every kind to any document: edited, made unusable, deleted, restored, said again, imported from an archive.
 */
final class CompanyInTurmoil implements Iterator<Step> {
    /** The company's last day; fixed, so that a seed means the same next year. */
    private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");

    private final Random random;
    private final Iterator<ChangeOfDocument> company;
    private final Map<Collection, Pool> live = new EnumMap<>(Collection.class);
    private final Map<Collection, Pool> archive = new EnumMap<>(Collection.class);
    private final Edits edits;
    private int archived;

    CompanyInTurmoil(long seed, Size size) {
        random = new Random(seed);
        company = new GeneratedCompany(seed, size, NOW).iterator();
        for (Collection collection : Collection.values()) {
            live.put(collection, new Pool(random));
            archive.put(collection, new Pool(random));
        }
        edits = new Edits(random, this::anyId);
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Step next() {
        while (true) {
            int dice = random.nextInt(100);
            if (dice < 70 && company.hasNext()) {
                return new Step(false, known(company.next()));
            }
            boolean fromArchive = dice >= 92;
            Collection collection = anyCollection();
            Optional<ChangeOfDocument> change =
                    fromArchive && random.nextInt(3) == 0 ? imported(collection) : turmoil(collection, fromArchive);
            if (change.isPresent()) {
                return new Step(fromArchive, change.get());
            }
        }
    }

    private Collection anyCollection() {
        int dice = random.nextInt(1000);
        if (dice < 4) {
            return Collection.ACCOUNTS;
        } else if (dice < 20) {
            return Collection.TEAMS;
        } else if (dice < 40) {
            return Collection.PROGRAMS;
        } else if (dice < 140) {
            return Collection.ENROLLMENTS;
        } else if (dice < 260) {
            return Collection.CONTACTS;
        }
        return Collection.INTERACTIONS;
    }

    /** The pools follow what the company does by itself, as far as a sample can. */
    private ChangeOfDocument known(ChangeOfDocument change) {
        if (change.op() == ChangeOfDocument.Op.INSERT) {
            pool(live, change.collection()).add(Objects.requireNonNull(change.document()));
        }
        return change;
    }

    private Optional<ChangeOfDocument> turmoil(Collection collection, boolean inArchive) {
        Pool pool = pool(inArchive ? archive : live, collection);
        int dice = random.nextInt(100);
        if (dice < 20) {
            return pool.restore().map(document -> ChangeOfDocument.insert(collection, document));
        }
        Optional<BsonDocument> any = pool.any();
        if (any.isEmpty()) {
            return Optional.empty();
        }
        BsonDocument document = any.get();
        if (dice < 30) {
            pool.remove(document);
            return Optional.of(ChangeOfDocument.delete(collection, Documents.id(document)));
        }
        if (dice < 35) {
            return Optional.of(ChangeOfDocument.replace(collection, document)); // said again
        }
        BsonDocument edited = edits.edit(collection, document);
        pool.replace(document, edited);
        return Optional.of(ChangeOfDocument.replace(collection, edited));
    }

    /** A document of the archive: a new one, or an older version of one that lives, which then does not count. */
    private Optional<ChangeOfDocument> imported(Collection collection) {
        return pool(live, collection).any().map(like -> {
            BsonDocument document = edits.edit(collection, like);
            if (random.nextInt(4) > 0) {
                document.put("_id", new BsonString("archived-" + archived++));
            }
            pool(archive, collection).add(document);
            return ChangeOfDocument.insert(collection, document);
        });
    }

    private BsonValue anyId(Collection collection) {
        return pool(live, collection).any().map(Documents::id).orElse(new BsonString("nobody"));
    }

    private static Pool pool(Map<Collection, Pool> pools, Collection collection) {
        return Objects.requireNonNull(pools.get(collection));
    }
}
