package io.retally.devkit.load.generated;

import io.retally.devkit.load.Documents;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.jspecify.annotations.Nullable;

/** A team of an account, under a region's team if it has a parent. Reps are in teams that have one. */
record CoachedTeam(
        BsonObjectId id,
        CoachedAccount account,
        String name,
        @Nullable CoachedTeam parent) {

    BsonDocument document() {
        return Documents.team(id, account.id(), name, parent == null ? null : parent.id());
    }
}
