/** Local time: the tz database in one edition, carried by the product and not by the machine. */
@NullMarked
package io.retally.core.zone;

import org.jspecify.annotations.NullMarked;
