package io.tidemark.system.mpdx;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.Field;
import io.tidemark.system.FieldType;

/**
 * A field of a row.
 *
 * @param name the attribute's name, behind the part's prefix where it belongs to a child
 */
record MpdxField(String name, FieldType type, MpdxPart part, String attribute, Use use) {

    static final String ID = "id";
    static final String UPDATED_AT = "updated_at";
    static final String DELETED = "deleted";
    static final String ACCOUNT_LIST_ID = "account_list_id";
    static final String CONTACT_ID = "contact_id";
    static final String PARENT_CONTACTS = "parent_contacts";
    static final String TAGS = "tag_list";
    static final String SOURCE = "source";

    /** The time of the version that a write is made from; no column, but part of every look at a record. */
    static final String LOCK = "updated_in_db_at";

    /** What can be done with a field besides looking at it. */
    enum Use {
        READ,
        WRITE,
        WRITE_AND_CLEAR,
        CREATE
    }

    MpdxField {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(part, "part is null");
        requireNonNull(attribute, "attribute is null");
        requireNonNull(use, "use is null");
    }

    static MpdxField of(MpdxPart part, String attribute, FieldType type, Use use) {
        return new MpdxField(part.field(attribute), type, part, attribute, use);
    }

    boolean isWritable() {
        return use != Use.READ;
    }

    boolean isClearable() {
        return use == Use.WRITE_AND_CLEAR;
    }

    Field toField() {
        return new Field(name, type, true);
    }
}
