/** `audit`: finds documents of which the log does not say what MongoDB holds, and corrects the log. */
@NullMarked
package io.retally.devkit.audit;

import org.jspecify.annotations.NullMarked;
