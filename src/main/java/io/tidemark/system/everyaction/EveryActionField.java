package io.tidemark.system.everyaction;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.Field;
import io.tidemark.system.FieldType;
import io.tidemark.system.answer.Json;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A field of a resource as EveryAction describes it.
 *
 * @param letter the vendor's letter for its type, in upper case
 * @param core whether every export holds it; the others come only when they are asked for
 * @see <a href="https://docs.everyaction.com/reference/changedentityexportjobs-fields-resourcetype">Fields</a>
 */
record EveryActionField(String name, String letter, boolean core) {

    /** Fields of type D that never have a time of day; any other is read as a moment, which loses nothing. */
    private static final Set<String> DATES = Set.of("dateofbirth", "birthdate", "dob");

    private static final Pattern INACTIVE_DATE = Pattern.compile(
            "date(suppress|archiv|delet|inactiv|merg)\\w*|(suppress|archiv|delet|inactiv|merg)\\w*?(date|on)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern INACTIVE_FLAG =
            Pattern.compile("(is)?(suppressed|archived|deleted|inactive|merged)", Pattern.CASE_INSENSITIVE);

    EveryActionField {
        requireNonNull(name, "name is null");
        requireNonNull(letter, "letter is null");
    }

    /** The field of an element of the answer, empty where that names none. */
    static Optional<EveryActionField> of(Json json) {
        return json.text("fieldName")
                .map(name -> new EveryActionField(
                        name,
                        json.text("fieldType").orElse("").toUpperCase(Locale.ROOT),
                        json.flag("isCoreField").orElse(false)));
    }

    boolean isCalled(String other) {
        return name.equalsIgnoreCase(other);
    }

    boolean isId() {
        return name.endsWith("ID") || name.endsWith("Id");
    }

    /** Whether it says since when a record is deleted or archived. */
    boolean isInactiveDate() {
        return letter.equals("D") && INACTIVE_DATE.matcher(name).matches();
    }

    /** Whether it says that a record is deleted or archived. */
    boolean isInactiveFlag() {
        return letter.equals("B") && INACTIVE_FLAG.matcher(name).matches();
    }

    Field toField() {
        return new Field(name, isId() ? idType() : type(), core);
    }

    Field toKeyField() {
        return new Field(name, idType(), core);
    }

    private FieldType idType() {
        return letter.equals("N") ? FieldType.INTEGER : type();
    }

    private FieldType type() {
        return switch (letter) {
            case "B" -> FieldType.BOOLEAN;
            case "N" -> FieldType.NUMBER;
            case "M" -> FieldType.MONEY;
            case "D" -> DATES.contains(name.toLowerCase(Locale.ROOT)) ? FieldType.DATE : FieldType.TIMESTAMP;
            default -> FieldType.TEXT;
        };
    }
}
