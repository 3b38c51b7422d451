/** `forget`: deletes all documents of a contact, and says what is left of it where. */
@NullMarked
package io.retally.devkit.forget;

import org.jspecify.annotations.NullMarked;
