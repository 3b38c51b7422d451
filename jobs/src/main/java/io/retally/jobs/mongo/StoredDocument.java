package io.retally.jobs.mongo;

import io.retally.core.document.Collection;

/** A document as MongoDB holds it; {@code id} and {@code document} in canonical extended JSON. A POJO to Flink. */
public record StoredDocument(Collection collection, String id, String document) {}
