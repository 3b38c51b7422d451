/**
 * The other opinion: what the tables must hold, worked out from the change logs or the database of record by the
 * contract's own SQL. Shares no code with the jobs, so that both can only be wrong in different ways.
 */
@NullMarked
package io.retally.oracle;

import org.jspecify.annotations.NullMarked;
