package io.tidemark.sandbox.mpdx;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The kinds of records: their type in a document, and what a client may write. */
enum Kind {
    CONTACT(
            "contacts",
            List.of(
                    "name",
                    "greeting",
                    "envelope_greeting",
                    "full_name",
                    "church_name",
                    "direct_deposit",
                    "likely_to_give",
                    "locale",
                    "magazine",
                    "next_ask",
                    "no_appeals",
                    "no_gift_aid",
                    "notes",
                    "pledge_amount",
                    "pledge_currency",
                    "pledge_frequency",
                    "pledge_received",
                    "pledge_start_date",
                    "send_newsletter",
                    "status",
                    "status_valid",
                    "tag_list",
                    "timezone",
                    "website")),
    ADDRESS(
            "addresses",
            List.of(
                    "street",
                    "city",
                    "state",
                    "postal_code",
                    "country",
                    "region",
                    "metro_area",
                    "location",
                    "historic",
                    "primary_mailing_address",
                    "seasonal",
                    "start_date",
                    "end_date",
                    "valid_values")),
    PERSON(
            "people",
            List.of(
                    "first_name",
                    "last_name",
                    "middle_name",
                    "legal_first_name",
                    "title",
                    "suffix",
                    "gender",
                    "marital_status",
                    "deceased",
                    "employer",
                    "occupation",
                    "optout_enewsletter",
                    "birthday_day",
                    "birthday_month",
                    "birthday_year",
                    "anniversary_day",
                    "anniversary_month",
                    "anniversary_year")),
    EMAIL("email_addresses", List.of("email", "primary", "location", "historic", "valid_values")),
    PHONE("phone_numbers", List.of("number", "primary", "location", "historic", "country_code", "valid_values"));

    private static final Set<String> TRUTHS = Set.of(
            "direct_deposit",
            "magazine",
            "no_appeals",
            "no_gift_aid",
            "pledge_received",
            "status_valid",
            "historic",
            "primary_mailing_address",
            "seasonal",
            "valid_values",
            "deceased",
            "optout_enewsletter",
            "primary");

    private final String type;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> writable;

    Kind(String type, List<String> writable) {
        this.type = type;
        this.writable = writable;
    }

    String type() {
        return type;
    }

    /** In the order in which a document shows them. */
    List<String> writable() {
        return writable;
    }

    /** The attribute that marks one of several children as the first, for those that have one. */
    String mark() {
        return this == ADDRESS ? "primary_mailing_address" : "primary";
    }

    static boolean isTruth(String attribute) {
        return TRUTHS.contains(attribute);
    }

    static Kind named(String type) {
        return Arrays.stream(values())
                .filter(kind -> kind.type.equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no type " + type + "; there are: "
                        + String.join(
                                ", ", Arrays.stream(values()).map(Kind::type).toList())));
    }
}
