/** Loads of documents: real ones (OULAD), generated ones, changes to both, and malformed messages. */
@NullMarked
package io.retally.devkit.load;

import org.jspecify.annotations.NullMarked;
