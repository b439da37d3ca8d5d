package io.tidemark.system.everyaction;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What EveryAction needs to know to tell a person from others. With less it makes a new person each time it is asked,
 * so that a creation whose answer was lost would make two.
 *
 * @see <a href="https://docs.everyaction.com/reference/people-findorcreate">Find or create</a>
 */
record EveryActionMatching(EveryActionRow row) {

    private static final Pattern ZIP = Pattern.compile("[0-9]{5}.*");
    private static final Pattern NUMBER_AND_STREET = Pattern.compile("[0-9]\\S*\\s+\\S.*", Pattern.DOTALL);
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}.*");

    /** Why the values are not enough, empty where they are. */
    Optional<String> lacks() {
        return isEnough()
                ? Optional.empty()
                : Optional.of("EveryAction tells people apart by FirstName and LastName together with Email, Phone,"
                        + " DateOfBirth and a five-digit ZipOrPostal, or StreetAddress with its number and a five-digit"
                        + " ZipOrPostal; or by Email without names. With less it makes a new person each time. The row"
                        + " has " + (row.filled().isEmpty() ? "nothing" : String.join(", ", row.filled())));
    }

    private boolean isEnough() {
        boolean first = has(EveryActionPersonField.FIRST_NAME);
        boolean last = has(EveryActionPersonField.LAST_NAME);
        if (first && last) {
            return has(EveryActionPersonField.EMAIL) || has(EveryActionPersonField.PHONE) || livesSomewhere();
        }
        return !first && !last && has(EveryActionPersonField.EMAIL);
    }

    private boolean livesSomewhere() {
        return has(EveryActionPersonField.ZIP, ZIP)
                && (has(EveryActionPersonField.BIRTH, DATE) || has(EveryActionPersonField.STREET, NUMBER_AND_STREET));
    }

    private boolean has(EveryActionPersonField field) {
        return value(field).isPresent();
    }

    private boolean has(EveryActionPersonField field, Pattern form) {
        return value(field).filter(text -> form.matcher(text).matches()).isPresent();
    }

    private Optional<String> value(EveryActionPersonField field) {
        return field.names().flatMap(name -> row.text(name).stream()).findFirst();
    }
}
