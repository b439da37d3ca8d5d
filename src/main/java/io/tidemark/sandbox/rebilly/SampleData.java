package io.tidemark.sandbox.rebilly;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;

/** Invented customers and what belongs to them. The same seed gives the same data. */
final class SampleData {
    private static final List<String> FIRST =
            List.of("Ada", "Bo", "Chidi", "Dörte", "Émile", "Fen", "Grażyna", "Hana", "Ines", "Jörg", "小梅", "Óscar");
    private static final List<String> LAST = List.of(
            "Example", "Muster, Jr.", "O'Sample", "\"Duke\" Testman", "Beispiel", "Ñandú", "van der Probe", "Ukázka");
    private static final List<String> STREETS =
            List.of("1 Sample St", "22 Example Ave, Apt 2", "3 Muster Weg\nBack door", "44 Test \"Mill\" Rd");

    private final Random random;

    SampleData(long seed) {
        this.random = new Random(seed);
    }

    void fill(Records records, CustomFields customFields, int customers) {
        customFields.define("bridgeKey", "string");
        customFields.define("vip", "boolean");
        customFields.define("birthday", "date");
        customFields.define("lastVisit", "datetime");
        customFields.define("visits", "integer");
        customFields.define("score", "number");
        customFields.define("interests", "array");
        customFields.define("budget", "monetary");
        for (int count = 1; count <= customers; count++) {
            int number = count;
            String id = records.newId(Resource.CUSTOMERS);
            records.save(Resource.CUSTOMERS, id, customer -> customer(customer, number));
            if (count % 2 == 0) {
                transaction(records, id);
            }
            if (count % 3 == 0) {
                invoice(records, id, number);
            }
        }
    }

    private void customer(ObjectNode customer, int count) {
        ObjectNode address = customer.putObject("primaryAddress")
                .put("firstName", pick(FIRST))
                .put("lastName", pick(LAST))
                .put("address", pick(STREETS))
                .put("city", "Sampleton")
                .put("country", "US")
                .put("postalCode", "6000" + random.nextInt(10));
        if (count % 7 != 0) {
            ArrayNode emails = address.putArray("emails");
            emails.addObject()
                    .put("label", "main")
                    .put("value", "person" + count + "@example.org")
                    .put("primary", true);
            if (count % 4 == 0) {
                emails.addObject()
                        .put("label", "work")
                        .put("value", "person" + count + "@work.example.org")
                        .put("primary", false);
            }
        }
        customer.put("locale", count % 5 == 0 ? "fr-FR" : "en-US")
                .put("websiteId", "web_sandbox1")
                .put("paymentCount", count % 9);
        ObjectNode custom = customer.putObject("customFields");
        if (count % 3 == 0) {
            custom.put("bridgeKey", "c-" + count).put("vip", count % 2 == 0).put("visits", count);
        }
        customer.putObject("lifetimeRevenue")
                .put("currency", "USD")
                .put("amount", new BigDecimal(random.nextInt(5000) + ".5"));
    }

    private void transaction(Records records, String customer) {
        String amount = (1 + random.nextInt(5000)) + "." + (10 + random.nextInt(90));
        records.save(
                Resource.named("transactions"),
                records.newId(Resource.named("transactions")),
                record -> record.put("customerId", customer)
                        .put("status", "completed")
                        .put("result", "approved")
                        .put("type", "sale")
                        .put("amount", new BigDecimal(amount))
                        .put("currency", "USD")
                        .put("isRebill", false));
    }

    private void invoice(Records records, String customer, int count) {
        records.save(
                Resource.named("invoices"),
                records.newId(Resource.named("invoices")),
                record -> record.put("customerId", customer)
                        .put("invoiceNumber", 1000 + count)
                        .put("status", "paid")
                        .put("amount", new BigDecimal(count + ".25"))
                        .put("currency", "USD"));
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
