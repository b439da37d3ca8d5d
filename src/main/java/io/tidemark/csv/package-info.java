/**
 * Rows out of bytes: decoding, RFC 4180 through camel-csv, typed values, and rejects with their place and reason.
 * Nothing is repaired: a bad row is a {@link Reject}, a bad file a {@link CsvException}. Memory is that of one record.
 */
@NullMarked
package io.tidemark.csv;

import org.jspecify.annotations.NullMarked;
