package io.tidemark.sandbox.mpdx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Invented contacts with the oddities of real ones. The same seed gives the same data. */
final class SampleData {
    private static final List<String> FIRST =
            List.of("Ada", "Bo", "Chidi", "Dörte", "Émile", "Fen", "Grażyna", "Hana", "Ines", "Jörg", "小梅", "Óscar");
    private static final List<String> LAST =
            List.of("Example", "Muster", "O'Sample", "Testman", "Beispiel", "Ñandú", "van der Probe", "Ukázka");
    private static final List<String> STREETS = List.of("Sample St", "Example Ave, Apt 2", "Muster Weg\nBack door");
    private static final List<String> STATUSES = List.of(
            "Partner - Pray",
            "Partner - Financial",
            "",
            "Never Contacted",
            "Not Interested",
            "Ask in Future",
            "Never Ask");
    private static final List<String> FREQUENCIES = List.of("1.0", "0.23076923076923", "", "12.0");

    private final Records records;
    private final Random random;

    SampleData(Records records, long seed) {
        this.records = records;
        this.random = new Random(seed);
    }

    void fill(String accountList, int contacts) {
        for (int count = 1; count <= contacts; count++) {
            contact(accountList, count);
        }
    }

    private void contact(String accountList, int count) {
        String first = pick(FIRST);
        String last = pick(LAST);
        String contact = records.newId();
        records.add(Kind.CONTACT, contact, List.of(accountList), attributes(first, last, count));
        if (count % 4 != 0) {
            records.add(Kind.ADDRESS, records.newId(), List.of(contact), address());
        }
        if (count % 9 == 0) {
            return; // a contact without anybody
        }
        person(contact, first, last, count, count % 6 == 0);
        if (count % 3 == 0) {
            person(contact, pick(FIRST), last, count, false);
        }
    }

    private Map<String, JsonNode> attributes(String first, String last, int count) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("name", last + ", " + first);
        texts.put("greeting", first);
        texts.put("envelope_greeting", first + " " + last);
        texts.put("status", STATUSES.get(count % STATUSES.size()));
        texts.put("send_newsletter", pick(List.of("Physical", "Email", "Both", "None")));
        texts.put("locale", "en");
        texts.put("timezone", "America/Chicago");
        texts.put("tag_list", count % 3 == 0 ? "north,vip" : "");
        texts.put("notes", count % 5 == 0 ? "said: \"maybe\",\nthen left" : "");
        if (count % 2 == 0) {
            texts.put("pledge_amount", (5 + random.nextInt(200)) + ".0");
            texts.put("pledge_currency", "USD");
            texts.put("pledge_frequency", FREQUENCIES.get(count / 2 % FREQUENCIES.size()));
            texts.put("pledge_received", "true");
            texts.put("pledge_start_date", "2026-01-1" + random.nextInt(10));
        }
        return Values.kept(texts);
    }

    private Map<String, JsonNode> address() {
        return Values.kept(Map.of(
                "street",
                (1 + random.nextInt(999)) + " " + pick(STREETS),
                "city",
                pick(List.of("Sampleton", "Example Falls")),
                "state",
                "IL",
                "postal_code",
                "6000" + random.nextInt(10),
                "country",
                pick(List.of("United States", "Canada")),
                "location",
                "Home",
                "primary_mailing_address",
                "true"));
    }

    private void person(String contact, String first, String last, int count, boolean deceased) {
        String person = records.newId();
        records.add(
                Kind.PERSON,
                person,
                List.of(contact),
                Values.kept(Map.of(
                        "first_name",
                        first,
                        "last_name",
                        last,
                        "deceased",
                        Boolean.toString(deceased),
                        "birthday_year",
                        Integer.toString(1940 + random.nextInt(60)))));
        email(person, "person" + count + "." + random.nextInt(1000), true);
        if (count % 4 == 1) {
            email(person, "other" + count, false);
        }
        if (count % 5 != 0) {
            records.add(
                    Kind.PHONE,
                    records.newId(),
                    List.of(person),
                    Values.kept(Map.of(
                            "number",
                            "5550100" + (100 + random.nextInt(900)),
                            "location",
                            "mobile",
                            "primary",
                            "true")));
        }
    }

    private void email(String person, String name, boolean primary) {
        records.add(
                Kind.EMAIL,
                records.newId(),
                List.of(person),
                Values.kept(Map.of(
                        "email", name + "@example.org", "location", "home", "primary", Boolean.toString(primary))));
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
