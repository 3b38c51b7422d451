package io.retally.core.document;

/** A customer company. {@code timeZone} is a region name of the tz database, see {@link io.retally.core.zone.TimeZones}. */
public record Account(String id, String name, String timeZone) implements Document {
    @Override
    public Collection collection() {
        return Collection.ACCOUNTS;
    }
}
