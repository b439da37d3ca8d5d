package io.tidemark.sandbox.accountengagement;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Invented prospects and what belongs to them. The same seed gives the same data. */
final class SampleData {
    static final List<CustomField> CUSTOM = List.of(
            new CustomField(301, "Favourite colour", "Favourite_Colour", "Dropdown"),
            new CustomField(302, "Seats", "Seats", "Number"));

    private static final List<String> FIRST =
            List.of("Ada", "Bo", "Chidi", "Dörte", "Émile", "Fen", "Grażyna", "Hana", "Ines", "小梅");
    private static final List<String> LAST =
            List.of("Example", "Muster, Jr.", "O'Sample", "\"Duke\" Testman", "Beispiel", "Ñandú");
    private static final List<String> COMPANIES = List.of("Sample & Sons", "Example, Inc.", "Muster GmbH");

    private final Random random;
    private final Instant now;

    SampleData(long seed, Instant now) {
        this.random = new Random(seed);
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    void fill(Records records, int prospects) {
        for (String company : COMPANIES) {
            add(records, "prospectAccount", Map.of("name", company, "billingCity", "Sampleton"));
        }
        for (int count = 1; count <= prospects; count++) {
            String prospect = Long.toString(add(records, "prospect", prospect(count)));
            if (count % 2 == 0) {
                String visitor = Long.toString(add(
                        records,
                        "visitor",
                        Map.of("prospectId", prospect, "pageViewCount", "3", "ipAddress", "192.0.2.7")));
                add(records, "visitorActivity", activity(prospect, visitor));
                add(records, "listMembership", Map.of("listId", "77", "prospectId", prospect, "optedOut", "false"));
            }
            if (count % 5 == 0) {
                add(records, "externalActivity", external(prospect));
            }
        }
    }

    private static long add(Records records, String object, Map<String, String> row) {
        return records.add(Catalogue.named(object), row, Records.SOMEBODY);
    }

    private Map<String, String> prospect(int count) {
        Map<String, String> row = new TreeMap<>();
        row.put("firstName", pick(FIRST));
        row.put("lastName", pick(LAST));
        row.put("email", "person" + count + "@example.org");
        row.put("company", pick(COMPANIES));
        row.put("campaignId", "17");
        row.put("campaign.name", "Website Tracking");
        row.put("prospectAccountId", Integer.toString(9001 + count % COMPANIES.size()));
        row.put("score", Integer.toString(random.nextInt(200)));
        row.put("isDoNotEmail", "false");
        row.put("optedOut", Boolean.toString(count % 9 == 0));
        if (count % 3 == 0) {
            row.put("comments", "said: \"maybe\",\nthen left");
            row.put("Favourite_Colour__c", pick(List.of("red", "blue")));
        }
        if (count % 4 != 0) {
            row.put(
                    "lastActivityAt",
                    now.minusSeconds(random.nextInt(1_000_000)).toString());
        }
        return row;
    }

    private Map<String, String> activity(String prospect, String visitor) {
        return Map.of(
                "prospectId", prospect, "visitorId", visitor, "type", "2", "typeName", "Visit", "details", "/pricing");
    }

    private Map<String, String> external(String prospect) {
        return Map.of(
                "extension",
                "Sandbox Events",
                "type",
                "Attended",
                "prospectId",
                prospect,
                "value",
                "Spring fair",
                "activityDate",
                now.minus(1 + random.nextInt(30), ChronoUnit.DAYS).toString());
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
