package io.tidemark.system.mpdx;

import java.util.Optional;

/** What a row is made of: the record itself, or one of its children that the row shows flat. */
enum MpdxPart {
    RECORD("", "", "", "", ""),
    ADDRESS("address/", "addresses", "addresses", "primary_mailing_address", ""),
    EMAIL("email/", "email_addresses", "email_addresses", "primary", "email"),
    PHONE("phone/", "phone_numbers", "phones", "primary", "number");

    private final String prefix;
    private final String type;
    private final String path;
    private final String mark;
    private final String need;

    MpdxPart(String prefix, String type, String path, String mark, String need) {
        this.prefix = prefix;
        this.type = type;
        this.path = path;
        this.mark = mark;
        this.need = need;
    }

    /** What the names of its fields begin with. */
    String prefix() {
        return prefix;
    }

    /** The type of its documents, which is also the name of the relationship to it. */
    String type() {
        return type;
    }

    /** The last part of its address below the record. */
    String path() {
        return path;
    }

    /** The attribute that marks the first of several. */
    String mark() {
        return mark;
    }

    /** The attribute that it cannot do without, where there is one. */
    Optional<String> need() {
        return Optional.of(need).filter(name -> !name.isEmpty());
    }

    String field(String attribute) {
        return prefix + attribute;
    }
}
