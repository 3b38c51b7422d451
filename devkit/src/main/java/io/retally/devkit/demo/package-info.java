/** What `demo` shows: a company at work, figures, and a contact that vanishes everywhere. */
@NullMarked
package io.retally.devkit.demo;

import org.jspecify.annotations.NullMarked;
