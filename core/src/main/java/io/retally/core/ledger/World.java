package io.retally.core.ledger;

import io.retally.core.zone.TimeZone;
import org.jspecify.annotations.Nullable;

/** What every rep's contribution depends on beside its own ledger: the accounts and the programs that exist. */
public interface World {

    /** The plan of a program, or null while there is no such program. */
    @Nullable
    Plan plan(String programId);

    /** The time zone of an account, or null while there is no such account. */
    @Nullable
    TimeZone timeZone(String accountId);
}
