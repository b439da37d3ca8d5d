package io.tidemark.sandbox.everyaction;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Invented people and what belongs to them. The same seed gives the same data. */
final class SampleData {
    private static final List<String> FIRST =
            List.of("Ada", "Bo", "Chidi", "Dörte", "Émile", "Fen", "Grażyna", "Hana", "Ines", "Jörg", "小梅", "Óscar");
    private static final List<String> LAST = List.of(
            "Example", "Muster, Jr.", "O'Sample", "\"Duke\" Testman", "Beispiel", "Ñandú", "van der Probe", "Ukázka");
    private static final List<String> STREETS =
            List.of("Sample St", "Example Ave, Apt 2", "Muster Weg\nBack door", "Test \"Mill\" Rd");
    private static final List<String> CITIES = List.of("Sampleton", "Example Falls", "Testville");

    private final Random random;

    SampleData(long seed) {
        this.random = new Random(seed);
    }

    void fill(Records records, int contacts) {
        List<String> codes = List.of("Donor, major", "Volunteer", "Newsletter");
        for (int code = 0; code < codes.size(); code++) {
            records.add(
                    Catalogue.ACTIVIST_CODES,
                    Map.of(
                            "ActivistCodeID",
                            Integer.toString(7001 + code),
                            "ActivistCodeName",
                            codes.get(code),
                            "ActivistCodeType",
                            "Action",
                            "IsActive",
                            "true"),
                    Author.HUMAN);
        }
        for (int count = 1; count <= contacts; count++) {
            long contact = records.add(Catalogue.CONTACTS, contact(count), Author.HUMAN);
            if (count % 2 == 0) {
                records.add(
                        Catalogue.CONTACTS_ACTIVIST_CODES,
                        Map.of("VanID", Long.toString(contact), "ActivistCodeID", Integer.toString(7001 + count % 3)),
                        Author.HUMAN);
            }
            if (count % 3 == 0) {
                records.add(Catalogue.CONTRIBUTIONS, contribution(contact), Author.HUMAN);
            }
        }
    }

    private Map<String, String> contact(int count) {
        Map<String, String> row = new TreeMap<>();
        row.put("FirstName", pick(FIRST));
        row.put("LastName", pick(LAST));
        row.put("ContactMode", count % 11 == 0 ? "2" : "1");
        row.put("StreetAddress", (1 + random.nextInt(999)) + " " + pick(STREETS));
        row.put("City", pick(CITIES));
        row.put("State", "IL");
        row.put("ZipOrPostal", "6000" + random.nextInt(10));
        row.put("DateOfBirth", (1940 + random.nextInt(60)) + "-02-0" + (1 + random.nextInt(9)));
        if (count % 7 != 0) {
            row.put("Email", "person" + count + "@example.org");
        }
        if (count % 5 != 0) {
            row.put("Phone", "(555) 010-" + (1000 + random.nextInt(9000)));
            row.put("PhoneOptInStatus", "U");
        }
        if (count % 4 == 0) {
            row.put("Notes", "said: \"maybe\",\nthen left");
            row.put("CF311", pick(List.of("1", "2", "3")));
        }
        return row;
    }

    private Map<String, String> contribution(long contact) {
        String amount = (1 + random.nextInt(5000)) + "." + (10 + random.nextInt(90));
        return Map.of(
                "VanID",
                Long.toString(contact),
                "Amount",
                amount,
                "AmountRemaining",
                amount,
                "DateReceived",
                "2026-01-1" + random.nextInt(10),
                "Designation",
                "General fund",
                "SourceCode",
                "SPRING",
                "PaymentType",
                "Check",
                "Status",
                "Settled");
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
