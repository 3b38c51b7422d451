/** What all jobs' arguments have in common. */
@NullMarked
package io.retally.jobs.config;

import org.jspecify.annotations.NullMarked;
