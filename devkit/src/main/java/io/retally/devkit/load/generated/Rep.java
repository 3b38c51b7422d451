package io.retally.devkit.load.generated;

import io.retally.devkit.load.Documents;
import java.time.Instant;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.jspecify.annotations.Nullable;

/** A rep as the simulated days leave it. {@code ability} is 0 on average, with deviation 1. */
final class Rep {

    final BsonObjectId id;
    final CoachedAccount account;
    final String name;
    final double ability;

    /** How likely the rep is to train on a day. */
    final double diligence;

    CoachedTeam team;

    /** Removed in either way, so not expected to do anything. */
    boolean removed;

    Rep(BsonObjectId id, CoachedTeam team, Dice dice) {
        this.id = id;
        this.account = team.account();
        this.team = team;
        this.name = dice.oneOf(Names.FIRST) + " " + dice.oneOf(Names.LAST);
        this.ability = dice.normal();
        this.diligence = Math.min(0.95, 0.12 * StrictMath.exp(dice.normal()));
    }

    BsonDocument document(@Nullable Instant removedAt) {
        BsonDocument contact = Documents.contact(id, account.id(), name, team.id());
        return removedAt == null ? contact : contact.append("removedAt", Documents.time(removedAt));
    }
}
