package io.tidemark.sandbox.mpdx;

import io.tidemark.sandbox.Switches;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes the table of an export out of contacts. */
final class ContactRows {
    private static final String HOME = "United States";
    private static final List<String> ENGLISH = List.of(
            "Contact Name",
            "First Name",
            "Last Name",
            "Spouse First Name",
            "Greeting",
            "Envelope Greeting",
            "Mailing Street Address",
            "Mailing City",
            "Mailing State",
            "Mailing Postal Code",
            "Mailing Country",
            "Status",
            "Commitment Amount",
            "Commitment Currency",
            "Commitment Frequency",
            "Newsletter",
            "Commitment Received",
            "Tags",
            "Primary Email",
            "Spouse Email",
            "Other Email",
            "Spouse Other Email",
            "Primary Phone",
            "Spouse Phone",
            "Other Phone",
            "Spouse Other Phone");
    private static final List<String> GERMAN = List.of(
            "Kontakt",
            "Vorname",
            "Nachname",
            "Vorname des Partners",
            "Anrede",
            "Briefanrede",
            "Straße",
            "Ort",
            "Bundesland",
            "Postleitzahl",
            "Land",
            "Status",
            "Betrag",
            "Währung",
            "Häufigkeit",
            "Rundbrief",
            "Erhalten",
            "Schlagworte",
            "E-Mail",
            "E-Mail des Partners",
            "Weitere E-Mail",
            "Weitere E-Mail des Partners",
            "Telefon",
            "Telefon des Partners",
            "Weiteres Telefon",
            "Weiteres Telefon des Partners");
    private static final Map<String, String> GERMAN_WORDS = Map.of("Monthly", "Monatlich", "Weekly", "Wöchentlich");
    private static final List<String> MAILING = List.of(
            "Contact Name",
            "Greeting",
            "Envelope Greeting",
            "Mailing Street Address",
            "Mailing City",
            "Mailing State",
            "Mailing Postal Code",
            "Mailing Country",
            "Address Block");

    private final Records records;
    private final Switches switches;
    private final boolean german;

    /** @param language what the request for the file asked for, where it did */
    ContactRows(Records records, Switches switches, Optional<String> language) {
        this.records = records;
        this.switches = switches;
        this.german = switches.get(Doubts.HEADER) == Doubts.Header.TRANSLATED
                && language.orElse(switches.get(Doubts.USER_LOCALE)).startsWith("de");
    }

    Table full(List<Entity> contacts) {
        boolean withId = switches.get(Doubts.HEADER) == Doubts.Header.WITH_ID;
        List<String> header = new ArrayList<>(german ? GERMAN : ENGLISH);
        List<List<String>> rows = new ArrayList<>();
        for (Entity contact : byName(contacts)) {
            row(contact).ifPresent(row -> {
                if (withId) {
                    row.add(0, contact.id());
                }
                rows.add(row);
            });
        }
        if (withId) {
            header.add(0, "Contact ID");
        }
        return new Table(header, rows);
    }

    Table mailing(List<Entity> contacts) {
        List<List<String>> rows = new ArrayList<>();
        for (Entity contact : byName(contacts)) {
            List<String> row = new ArrayList<>(
                    List.of(contact.text("name"), contact.text("greeting"), contact.text("envelope_greeting")));
            List<String> address = address(contact);
            row.addAll(address);
            row.add(String.join(
                    "\n",
                    List.of(
                            contact.text("envelope_greeting"),
                            address.get(0),
                            (address.get(1) + " " + address.get(2) + " " + address.get(3)).strip())));
            rows.add(row);
        }
        return new Table(MAILING, rows);
    }

    /** Nothing for a contact without a living person in front: it is left out. */
    private Optional<List<String>> row(Entity contact) {
        List<Entity> people = records.children(Kind.PERSON, contact.id());
        Optional<Entity> first = people.stream().findFirst();
        Optional<Entity> second = people.stream().skip(1).findFirst();
        if (first.filter(person -> person.isTrue("deceased")).isPresent()) {
            first = second;
            second = Optional.empty();
        }
        if (first.isEmpty() || first.get().isTrue("deceased")) {
            return Optional.empty();
        }
        List<String> row = new ArrayList<>(List.of(
                contact.text("name"),
                first.get().text("first_name"),
                first.get().text("last_name"),
                second.map(person -> person.text("first_name")).orElse(""),
                contact.text("greeting"),
                contact.text("envelope_greeting")));
        row.addAll(address(contact));
        row.addAll(List.of(
                contact.text("status"),
                contact.text("pledge_amount"),
                contact.text("pledge_currency"),
                frequency(contact),
                contact.text("send_newsletter"),
                contact.isTrue("pledge_received") ? "Yes" : "No",
                String.join(",", Values.list(contact.attribute("tag_list")))));
        addTwoEach(row, Kind.EMAIL, "email", first, second);
        addTwoEach(row, Kind.PHONE, "number", first, second);
        return Optional.of(row);
    }

    private List<String> address(Entity contact) {
        Optional<Entity> address = records.children(Kind.ADDRESS, contact.id()).stream()
                .filter(each -> !each.isTrue("historic"))
                .findFirst();
        List<String> parts = new ArrayList<>();
        for (String part : List.of("street", "city", "state", "postal_code", "country")) {
            String text = address.map(each -> each.text(part)).orElse("");
            parts.add(part.equals("country") && text.equals(HOME) ? "" : text);
        }
        return parts;
    }

    private String frequency(Entity contact) {
        String number = contact.text("pledge_frequency");
        if (number.isEmpty() && switches.get(Doubts.UNSET_FREQUENCY) == Doubts.UnsetFrequency.BLANK) {
            return "";
        }
        String word = number.isEmpty() ? "Monthly" : Frequency.word(number);
        return german ? GERMAN_WORDS.getOrDefault(word, word) : word;
    }

    /** The first one of both people, then one more of each; what is historic is never one more. */
    private void addTwoEach(
            List<String> row, Kind kind, String value, Optional<Entity> first, Optional<Entity> second) {
        List<Entity> mine = children(kind, first);
        List<Entity> other = children(kind, second);
        row.add(text(mine.stream().findFirst(), value));
        row.add(text(other.stream().findFirst(), value));
        row.add(text(oneMore(mine), value));
        row.add(text(oneMore(other), value));
    }

    private List<Entity> children(Kind kind, Optional<Entity> person) {
        return person.map(found -> records.children(kind, found.id())).orElse(List.of());
    }

    private static Optional<Entity> oneMore(List<Entity> all) {
        return all.stream().skip(1).filter(each -> !each.isTrue("historic")).findFirst();
    }

    private static String text(Optional<Entity> entity, String name) {
        return entity.map(each -> each.text(name)).orElse("");
    }

    private static List<Entity> byName(List<Entity> contacts) {
        return contacts.stream()
                .sorted(Comparator.comparing(
                        (Entity contact) -> contact.text("name").toLowerCase(Locale.ROOT)))
                .toList();
    }
}
