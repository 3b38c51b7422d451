package io.retally.core.total;

/**
 * What is to be added to one row of totals.
 *
 * @param key the row, see {@link TotalKey}
 * @param accountId the account of the reps behind it
 * @param vector first how many reps begin to stand behind the row (the row exists while any does), then the columns after
 *     {@code account_id}, in their order
 */
public record Difference(String key, String accountId, long[] vector) {}
