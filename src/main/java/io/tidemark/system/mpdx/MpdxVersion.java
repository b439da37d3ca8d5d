package io.tidemark.system.mpdx;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The version of a record that a write is made from, as it was read. */
record MpdxVersion(MpdxKind kind, Map<String, @Nullable String> values) {

    /** Who entered what can be changed there. */
    private static final String OWN_SOURCE = "MPDX";

    MpdxVersion {
        requireNonNull(kind, "kind is null");
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    Optional<String> value(MpdxPart part, String attribute) {
        return Optional.ofNullable(values.get(part.field(attribute)));
    }

    String lock(MpdxPart part) {
        return value(part, MpdxField.LOCK)
                .orElseThrow(() -> new ApiException.Refused("MPDX did not tell " + part.field(MpdxField.LOCK)
                        + " of the record, without which it takes no change"));
    }

    /** The address of the record, below one of its contacts where it is a person. */
    String path(String key) {
        if (kind == MpdxKind.CONTACTS) {
            return "/contacts/" + MpdxCalls.id(key);
        }
        String contact = value(MpdxPart.RECORD, MpdxField.CONTACT_ID)
                .orElseThrow(() -> new ApiException.Refused(
                        "MPDX did not tell a contact of the person, below which it is written"));
        return "/contacts/" + MpdxCalls.id(contact) + "/people/" + MpdxCalls.id(key);
    }

    /** MPDX leaves an email address as it is that another system brought, and need not say so. */
    void refuseForeign(MpdxBody body) {
        boolean foreign = value(MpdxPart.EMAIL, MpdxField.SOURCE)
                .filter(source -> !source.equalsIgnoreCase(OWN_SOURCE))
                .isPresent();
        boolean fixed = body.attributes(MpdxPart.EMAIL).has("email")
                || body.attributes(MpdxPart.EMAIL).has("location");
        if (foreign && fixed) {
            throw new ApiException.Refused("MPDX lets the address and location of an email be changed only where it was"
                    + " entered in MPDX, and this one came from another system. Change it there");
        }
    }
}
