package io.retally.devkit.load.generated;

import io.retally.devkit.load.Documents;
import java.time.LocalDate;
import java.time.ZoneId;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;

/** A customer of the coaching company, with the zone that its reps live in. */
record CoachedAccount(BsonObjectId id, String name, ZoneId zone) {

    long midnightMillis(LocalDate date) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    BsonDocument document() {
        return Documents.account(id, name, zone.getId());
    }
}
