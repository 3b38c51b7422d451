package io.retally.core.document;

/** A usable document of the database of record, reduced to the fields that the contract names. */
public sealed interface Document permits Account, Team, Contact, Program, Enrollment, Interaction {

    /** The id's text: 24 hex digits of an ObjectId, a string itself, the decimal digits of an integer. */
    String id();

    /** The collection that holds documents of this type. */
    Collection collection();
}
