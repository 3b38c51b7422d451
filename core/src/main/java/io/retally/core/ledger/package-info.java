/** One rep's ledger, and what it contributes to every table. */
@NullMarked
package io.retally.core.ledger;

import org.jspecify.annotations.NullMarked;
