package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.everyaction.Doubts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user's own route between the file and the table: {@code tidemark.streams.N.transform}. */
class TransformTest {
    private static final String OWN_ROUTES = """
            - route:
                from:
                  uri: direct:stamp
                  steps:
                    - split:
                        simple: "${body}"
                        steps:
                          - script:
                              simple: "${body.put('first_name', ${exchangeProperty.CamelSplitIndex})}"
            - route:
                from:
                  uri: direct:first-only
                  steps:
                    - setBody:
                        simple: "${body.subList(0, 1)}"
            - route:
                from:
                  uri: direct:nothing
                  steps:
                    - setBody:
                        simple: "${null}"
            - route:
                from:
                  uri: direct:words
                  steps:
                    - setBody:
                        constant: "done"
            - route:
                from:
                  uri: direct:no-rows
                  steps:
                    - split:
                        simple: "${body}"
                        aggregationStrategy: "#class:org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy"
                        steps:
                          - setBody:
                              constant: "a row"
            - route:
                from:
                  uri: direct:other-order
                  steps:
                    - bean:
                        beanType: java.util.Collections
                        method: reverse
            - route:
                from:
                  uri: direct:other-keys
                  steps:
                    - split:
                        simple: "${body}"
                        steps:
                          - script:
                              simple: "${body.put('van_id', '1')}"
            - route:
                from:
                  uri: direct:no-truth
                  steps:
                    - split:
                        simple: "${body}"
                        steps:
                          - script:
                              simple: "${body.put('is_deceased', 'perhaps')}"
            - route:
                from:
                  uri: direct:new-column
                  steps:
                    - split:
                        simple: "${body}"
                        steps:
                          - script:
                              simple: "${body.put('e_mail', 'a@example.org')}"
            - route:
                from:
                  uri: direct:fails
                  steps:
                    - throwException:
                        exceptionType: java.lang.ArithmeticException
                        message: "no such luck"
            """;

    private static final List<String> BAD = List.of(
            "first-only",
            "nothing",
            "words",
            "no-rows",
            "other-order",
            "other-keys",
            "no-truth",
            "new-column",
            "fails");

    @RegisterExtension
    static final SharedBridge BRIDGE = new SharedBridge(setup -> {
        setup.example("tidy-names.camel.yaml").local("own.camel.yaml", OWN_ROUTES);
        setup.contacts("transform", "direct:tidy-names");
        setup.stream("stamped", "ea").set("tidemark.streams.stamped.transform", "direct:stamp");
        for (String name : BAD) {
            setup.stream(name, "ea").set("tidemark.streams." + name + ".transform", "direct:" + name);
        }
    });

    @Test
    void the_example_writes_every_address_in_lower_case_and_leaves_the_rest_alone() {
        List<Long> keys = BRIDGE.sandbox().keys("Contacts", false);
        email(keys.get(0), "Ann.O'Hara@Example.ORG");
        email(keys.get(1), "\"${exception}','X\"@Example.ORG");
        email(keys.get(2), "");
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");

        assertThat(emailOf(keys.get(0))).isEqualTo("ann.o'hara@example.org");
        assertThat(emailOf(keys.get(1))).isEqualTo("\"${exception}','x\"@example.org");
        assertThat(BRIDGE.running().rows("select van_id from contacts where email is null and van_id = " + keys.get(2)))
                .hasSize(1);
        assertThat(BRIDGE.running().rows("select email from contacts where email <> lower(email)"))
                .isEmpty();
        assertThat(BRIDGE.running().rows("select van_id from contacts order by van_id"))
                .hasSameSizeAs(keys);
    }

    @Test
    void rows_come_in_the_order_of_the_files_and_are_stored_as_they_come_back() {
        BRIDGE.sandbox().switches().set(Doubts.ROWS_PER_FILE, 15);
        BRIDGE.begin("stamped");
        BRIDGE.running().untilCommitted("stamped");

        assertThat(BRIDGE.running().rows("select first_name from stamped order by van_id"))
                .extracting(row -> row.get("first_name"))
                .startsWith("0", "1", "2", "3")
                .endsWith("14", "0", "1", "2", "3", "4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    first-only  | returned 1 rows for 20; it must return the same rows in the same order
                    nothing     | returned nothing for 20; it must return the same rows in the same order
                    words       | failed: NoTypeConversionAvailableException: No type converter available to convert from type: java.lang.String to the required type: java.util.List
                    no-rows     | returned something else than a row for line 2; it must return the same rows in the same order
                    other-order | changed the key column van_id of line 2; it must leave keys and the order of rows alone
                    other-keys  | changed the key column van_id of line 2; it must leave keys and the order of rows alone
                    no-truth    | gave column is_deceased of line 2 a value that is no boolean: true, false, yes, no, Y, N, 1 or 0 is expected
                    new-column  | returned other columns for line 2 than it got (missing [], new [e_mail]); empty a column by giving it no value
                    fails       | failed: ArithmeticException: no such luck
                    """)
    void a_transform_that_gives_back_other_rows_fails_the_cycle_and_nothing_is_stored(String name, String words) {
        BRIDGE.begin(name);
        String query = "select error from tidemark_cycle where outcome = 'failed' order by id";
        Running.until(() -> !BRIDGE.running().rows(query).isEmpty(), () -> "no cycle failed");

        assertThat(BRIDGE.running().value(query))
                .isEqualTo("stream " + name + ": the transform direct:" + name + " " + words);
        assertThat(BRIDGE.count("\"" + name.replace('-', '_').toUpperCase(java.util.Locale.ROOT) + "\""))
                .isZero();
        assertThat(BRIDGE.running().state(name).watermark()).isNull();
    }

    private static void email(long key, String address) {
        BRIDGE.sandbox().edit("Contacts", key, Map.of("Email", address));
    }

    private static String emailOf(long key) {
        return BRIDGE.running().value("select email from contacts where van_id = " + key);
    }
}
