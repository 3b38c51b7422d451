/** Extra or fewer lessons for a rep, by rules over what it got right and wrong: {@code docs/contract-assignments.sql}. */
@NullMarked
package io.retally.core.assignment;

import org.jspecify.annotations.NullMarked;
