package io.retally.devkit.load.changes;

import io.retally.core.document.Collection;
import org.jspecify.annotations.Nullable;

/** A message of a live topic that must become exactly one dead letter and change no document. */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record MalformedMessage(String kind, Collection collection, byte @Nullable [] key, byte[] value) {}
