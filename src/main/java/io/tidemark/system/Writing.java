package io.tidemark.system;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The write side of one stream. Like {@link Export}, it builds conversations and reads answers, and does no I/O.
 *
 * <p>Values go by the names of the export's fields and come in the normal form of their column: numbers without
 * trailing zeros, dates as {@code 2026-01-31}, moments as {@code 2026-01-31T10:00:00Z}, {@code true} and {@code false},
 * null for no value. What an adapter gives back may be in any form that an export may have; equal values must come to
 * equal values by the export's own types.
 *
 * <p>{@link ApiException.Refused} means that the vendor will not take this change, ever: it becomes a dead letter with
 * the exception's words. {@link ApiException.Denied} stops the stream, {@link ApiException.RetryLater} is tried again.
 */
public interface Writing {

    /** What can be written, asked for where only the vendor knows. */
    Step<Writable> writable();

    /**
     * The record as it stands at the vendor now. Where the vendor shows no single record of the resource, it is found
     * without values and without a call.
     */
    Step<Present> read(String key);

    /**
     * Changes the given fields of a record and leaves all others as they are. The same call twice leaves what one does.
     *
     * <p>A resource whose records are only created and deleted refuses it.
     *
     * @param values the changed fields with their new values, all of them writable
     * @param present what {@link #read} showed just before, whole as it was; empty where nobody looked
     */
    Step<Written> update(String key, Map<String, @Nullable String> values, Optional<Present.Found> present);

    /** How updates go together; empty where the vendor takes them one by one. */
    default Optional<Batches> batches() {
        return Optional.empty();
    }

    /**
     * The kind of identifier that goes along with a creation where the source configures none; present where the client
     * chooses a record's key, which is then made of the identifier.
     */
    default Optional<String> identifierType() {
        return Optional.empty();
    }

    /** Why a record with these values cannot be created, in words that say what it lacks; empty where it can. */
    Optional<String> uncreatable(Map<String, @Nullable String> values);

    /**
     * Looks for the record that was created with an identifier; the result is its key, empty where there is none.
     * Only where {@link Writable#lookup} says so.
     */
    Step<Optional<String>> find(Identifier identifier);

    /**
     * Creates a record. Unless {@link Writable#repeatable} says otherwise: after a lost answer, and after {@link ApiException.RetryLater}, which leaves open
     * whether it was created, the record is looked up first.
     *
     * @param values every field that has a value, all of them writable; where the vendor may find a record instead, of
     *     {@link Writable#matching} alone, and nothing else of that record is changed
     * @param identifier goes along, so that the record can be found by it; empty where none is configured
     */
    Step<Created> create(Map<String, @Nullable String> values, Optional<Identifier> identifier);

    /**
     * Deletes a record in the way the vendor has. A record that is gone already is {@link Written.Gone}.
     *
     * @param row the values that the row had last, for a vendor that knows the record by them and not by its key
     */
    Step<Written> delete(String key, Map<String, @Nullable String> row);

    /** Whether a record that was deleted at the vendor can be brought back. */
    default boolean undeletes() {
        return false;
    }

    /**
     * Brings back a record that was deleted at the vendor, as it was; what cannot be brought back is refused. Made right
     * after a look that found it gone.
     *
     * @param row the values that the record had last, as far as they are known, for a vendor that knows it by them
     */
    default Step<Written> undelete(String key, Map<String, @Nullable String> row) {
        throw new ApiException.Refused("the record is deleted at the vendor and cannot be brought back");
    }

    /**
     * An identifier of the bridge's own.
     *
     * @param type the vendor's name for its kind, from {@code external-id-type}
     */
    record Identifier(String type, String value) {}
}
