package io.tidemark.system.mpdx;

import static io.tidemark.system.FieldType.BOOLEAN;
import static io.tidemark.system.FieldType.DATE;
import static io.tidemark.system.FieldType.INTEGER;
import static io.tidemark.system.FieldType.NUMBER;
import static io.tidemark.system.FieldType.TEXT;
import static io.tidemark.system.FieldType.TIMESTAMP;

import io.tidemark.system.FieldType;
import io.tidemark.system.mpdx.MpdxField.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The two kinds of records, each with what moves its own change time and nothing else: a contact with its first address,
 * a person with the first email address and phone number.
 */
enum MpdxKind {
    CONTACTS("contacts", "/contacts", List.of(MpdxPart.ADDRESS)),
    PEOPLE("people", "/contacts/people", List.of(MpdxPart.EMAIL, MpdxPart.PHONE));

    private final String type;
    private final String listPath;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<MpdxPart> children;

    MpdxKind(String type, String listPath, List<MpdxPart> children) {
        this.type = type;
        this.listPath = listPath;
        this.children = children;
    }

    static Optional<MpdxKind> named(String resource) {
        return Stream.of(values()).filter(kind -> kind.type.equals(resource)).findFirst();
    }

    /** The type of its documents, and the resource's name. */
    String type() {
        return type;
    }

    String listPath() {
        return listPath;
    }

    List<MpdxPart> children() {
        return children;
    }

    /** What is asked for along with each record. */
    String include() {
        return children.stream().map(MpdxPart::type).collect(Collectors.joining(","));
    }

    /** Every field of a row, in order. */
    List<MpdxField> fields() {
        var fields = new ArrayList<MpdxField>();
        if (this == CONTACTS) {
            addContact(fields);
        } else {
            addPerson(fields);
        }
        children.forEach(part -> addChild(fields, part));
        return List.copyOf(fields);
    }

    Optional<MpdxField> field(String name) {
        return fields().stream().filter(field -> field.name().equals(name)).findFirst();
    }

    private static void addContact(List<MpdxField> fields) {
        add(fields, MpdxPart.RECORD, TEXT, Use.READ, MpdxField.ID, MpdxField.ACCOUNT_LIST_ID);
        add(fields, MpdxPart.RECORD, TEXT, Use.WRITE, "name");
        add(fields, MpdxPart.RECORD, TEXT, Use.WRITE_AND_CLEAR, "greeting", "envelope_greeting", "status");
        add(fields, MpdxPart.RECORD, BOOLEAN, Use.WRITE, "status_valid");
        add(fields, MpdxPart.RECORD, NUMBER, Use.WRITE_AND_CLEAR, "pledge_amount");
        add(fields, MpdxPart.RECORD, TEXT, Use.WRITE_AND_CLEAR, "pledge_currency");
        add(fields, MpdxPart.RECORD, NUMBER, Use.WRITE_AND_CLEAR, "pledge_frequency");
        add(fields, MpdxPart.RECORD, BOOLEAN, Use.WRITE, "pledge_received");
        add(fields, MpdxPart.RECORD, DATE, Use.WRITE_AND_CLEAR, "pledge_start_date", "next_ask");
        add(
                fields,
                MpdxPart.RECORD,
                TEXT,
                Use.WRITE_AND_CLEAR,
                "likely_to_give",
                "send_newsletter",
                MpdxField.TAGS,
                "notes",
                "church_name",
                "locale",
                "timezone",
                "website");
        add(fields, MpdxPart.RECORD, BOOLEAN, Use.WRITE, "direct_deposit", "magazine", "no_appeals", "no_gift_aid");
        add(fields, MpdxPart.RECORD, TIMESTAMP, Use.READ, "created_at", MpdxField.UPDATED_AT);
        add(fields, MpdxPart.RECORD, BOOLEAN, Use.READ, MpdxField.DELETED);
    }

    private static void addPerson(List<MpdxField> fields) {
        add(fields, MpdxPart.RECORD, TEXT, Use.READ, MpdxField.ID);
        add(fields, MpdxPart.RECORD, TEXT, Use.CREATE, MpdxField.CONTACT_ID);
        add(fields, MpdxPart.RECORD, TEXT, Use.READ, MpdxField.PARENT_CONTACTS);
        add(fields, MpdxPart.RECORD, TEXT, Use.WRITE, "first_name");
        add(
                fields,
                MpdxPart.RECORD,
                TEXT,
                Use.WRITE_AND_CLEAR,
                "last_name",
                "middle_name",
                "legal_first_name",
                "title",
                "suffix",
                "gender",
                "marital_status",
                "employer",
                "occupation");
        add(fields, MpdxPart.RECORD, BOOLEAN, Use.WRITE, "deceased", "optout_enewsletter");
        add(
                fields,
                MpdxPart.RECORD,
                INTEGER,
                Use.WRITE_AND_CLEAR,
                "birthday_day",
                "birthday_month",
                "birthday_year",
                "anniversary_day",
                "anniversary_month",
                "anniversary_year");
        add(fields, MpdxPart.RECORD, TIMESTAMP, Use.READ, "created_at", MpdxField.UPDATED_AT);
    }

    private static void addChild(List<MpdxField> fields, MpdxPart part) {
        add(fields, part, TEXT, Use.READ, MpdxField.ID);
        switch (part) {
            case ADDRESS ->
                add(
                        fields,
                        part,
                        TEXT,
                        Use.WRITE_AND_CLEAR,
                        "street",
                        "city",
                        "state",
                        "postal_code",
                        "country",
                        "region",
                        "metro_area",
                        "location");
            case EMAIL -> {
                fields.add(new MpdxField("email/address", TEXT, part, "email", Use.WRITE));
                add(fields, part, TEXT, Use.WRITE_AND_CLEAR, "location");
            }
            case PHONE -> {
                add(fields, part, TEXT, Use.WRITE, "number");
                add(fields, part, TEXT, Use.WRITE_AND_CLEAR, "location");
            }
            case RECORD -> throw new IllegalArgumentException("a record is no child");
        }
        add(fields, part, BOOLEAN, Use.WRITE, "historic");
        add(fields, part, TEXT, Use.READ, MpdxField.SOURCE);
        add(fields, part, TIMESTAMP, Use.READ, MpdxField.UPDATED_AT);
    }

    private static void add(List<MpdxField> fields, MpdxPart part, FieldType type, Use use, String... attributes) {
        for (String attribute : attributes) {
            fields.add(MpdxField.of(part, attribute, type, use));
        }
    }
}
