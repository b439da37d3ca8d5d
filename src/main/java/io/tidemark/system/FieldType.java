package io.tidemark.system;

/** What kind of value a vendor's field holds. A field of unknown kind is {@link #TEXT}. */
public enum FieldType {
    BOOLEAN,
    TEXT,
    /** A whole number of up to 64 bits; keys are of this kind where they are numbers. */
    INTEGER,
    /** A number of any precision. */
    NUMBER,
    /** An amount with four decimals; may be written with a currency sign and thousands separators. */
    MONEY,
    /** A date without a time of day. */
    DATE,
    /** A moment; without an offset it is read in the source's zone. */
    TIMESTAMP
}
