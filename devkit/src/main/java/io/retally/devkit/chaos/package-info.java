/** Breaks a stack in a chosen, repeatable way and checks that nothing is lost, nothing counted twice, nothing contradicted. */
@NullMarked
package io.retally.devkit.chaos;

import org.jspecify.annotations.NullMarked;
