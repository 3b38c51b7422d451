package io.retally.devkit.load;

/** The way of a load's documents to the job. */
public enum Through {
    /** Into MongoDB, from where Debezium takes them. */
    MONGODB,
    /** Straight into the topics, as Debezium would write them. */
    KAFKA,
    /** To no one: to see how fast documents are made. */
    NOWHERE
}
