package io.retally.jobs.mongo;

/** The {@code _id} of a document of {@code assignments}: a rep and the lesson on whose grounds it is assigned something. */
public record AssignmentId(String contactId, String programId, String lessonId) {}
