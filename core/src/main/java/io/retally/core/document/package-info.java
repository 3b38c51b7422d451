/** The documents of the database of record, as the contract names them. */
@NullMarked
package io.retally.core.document;

import org.jspecify.annotations.NullMarked;
