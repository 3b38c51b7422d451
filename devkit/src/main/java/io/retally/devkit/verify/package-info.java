/** `verify`: the contract's SQL over the current documents, compared with what is published. Shares no code with the job. */
@NullMarked
package io.retally.devkit.verify;

import org.jspecify.annotations.NullMarked;
