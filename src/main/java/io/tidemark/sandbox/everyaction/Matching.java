package io.tidemark.sandbox.everyaction;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whether a person is one that is there already. First and last name together with one of e-mail address,
 * phone, birth date with postal code, or street with postal code are enough, and so is an e-mail address without names.
 * Anything less matches nobody.
 *
 * @param wanted by the columns of a contact
 */
record Matching(Map<String, String> wanted) {
    Optional<Version> among(List<Version> contacts) {
        return contacts.stream().filter(Version::active).filter(this::fits).findFirst();
    }

    private boolean fits(Version contact) {
        boolean named = has("FirstName") && has("LastName");
        if (!named) {
            return !has("FirstName") && !has("LastName") && same(contact, "Email");
        }
        return same(contact, "FirstName")
                && same(contact, "LastName")
                && (same(contact, "Email")
                        || samePhone(contact)
                        || (sameZip(contact) && (same(contact, "DateOfBirth") || same(contact, "StreetAddress"))));
    }

    private boolean has(String column) {
        return wanted.containsKey(column);
    }

    private boolean same(Version contact, String column) {
        return contact.value(column).equalsIgnoreCase(wanted.get(column));
    }

    private boolean samePhone(Version contact) {
        return has("Phone")
                && PersonShape.digits(contact.value("Phone"))
                        .equals(PersonShape.digits(wanted.getOrDefault("Phone", "")));
    }

    private boolean sameZip(Version contact) {
        String zip = wanted.getOrDefault("ZipOrPostal", "");
        return zip.length() >= 5 && contact.value("ZipOrPostal").startsWith(zip.substring(0, 5));
    }
}
