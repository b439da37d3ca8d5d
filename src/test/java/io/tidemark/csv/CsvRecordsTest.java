package io.tidemark.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.commons.csv.CSVException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CsvRecordsTest {

    static Stream<Cases> cases() {
        return Cases.of("records.txt");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aTextBecomesRecords(Cases table) {
        var found = new ArrayList<String>();
        try {
            CsvRecords.read(table.open()).forEachRemaining(record -> found.add(line(record)));
        } catch (CsvException e) {
            assertThat(e.kind()).isEqualTo(CsvException.Kind.BROKEN);
            found.clear();
            found.add("! " + e.getMessage());
        }
        assertThat(found).isEqualTo(table.expected());
    }

    @Test
    void aRouteInYamlGivesTheSameRecords() throws Exception {
        try (var context = new DefaultCamelContext()) {
            context.getRegistry().bind("rfc4180", CsvFormat.dataFormat());
            load(context, """
                    - route:
                        from:
                          uri: direct:file
                          steps:
                            - unmarshal:
                                custom:
                                  ref: rfc4180
                    """);
            assertThat(throughRoute(context)).containsExactly("1 |a|", "2 |1|", "3 ||", "4 |2|");
        }
    }

    @Test
    void aRouteMayAlsoSayItInOptions() throws Exception {
        try (var context = new DefaultCamelContext()) {
            context.getRegistry().bind("csvRecords", new CsvRecordReader());
            load(context, """
                    - route:
                        from:
                          uri: direct:file
                          steps:
                            - unmarshal:
                                csv:
                                  format: RFC4180
                                  lazyLoad: true
                                  ignoreEmptyLines: false
                                  recordConverterRef: csvRecords
                    """);
            assertThat(throughRoute(context)).containsExactly("1 |a|", "2 |1|", "3 ||", "4 |2|");
        }
    }

    @Test
    void peekingReadsNothingTwice() {
        var records = CsvRecords.read(Cases.open("a\\n1\\n"));
        assertThat(records.peek()).isEqualTo(records.peek());
        assertThat(records.next().cells()).containsExactly("a");
        assertThat(records.next().cells()).containsExactly("1");
        assertThat(records.peek()).isEmpty();
        assertThatThrownBy(records::next).hasMessage("case.csv has no further record");
    }

    @Test
    void whatTheParserThrowsIsTranslated() {
        assertThat(kind(new UncheckedIOException(new CSVException("odd")))).isEqualTo(CsvException.Kind.BROKEN);
        assertThat(kind(new IllegalStateException("odd"))).isEqualTo(CsvException.Kind.BROKEN);
        assertThat(kind(new UncheckedIOException(new IOException("closed")))).isEqualTo(CsvException.Kind.TRANSPORT);
    }

    private static CsvException.Kind kind(RuntimeException thrown) {
        var failing = Stream.generate(() -> {
                    throw thrown;
                })
                .iterator();
        var records = CsvRecords.of(Cases.open("a\\n"), failing);
        return catchThrowableOfType(CsvException.class, records::hasNext).kind();
    }

    private static void load(CamelContext context, String yaml) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("test.yaml", yaml));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").to("direct:file").process(exchange -> {
                    var text = exchange.getProperty("text", CsvText.class);
                    var found = new ArrayList<String>();
                    CsvRecords.of(text, exchange.getMessage().getBody(Iterator.class))
                            .forEachRemaining(record -> found.add(line(record)));
                    exchange.getMessage().setBody(found);
                });
            }
        });
        context.start();
    }

    private static List<String> throughRoute(CamelContext context) throws IOException {
        var text = Cases.open("a\\n1\\n\\n2\\n");
        try (var template = context.createProducerTemplate()) {
            var answer = template.request("direct:start", exchange -> {
                exchange.setProperty("text", text);
                exchange.getMessage().setBody(text);
            });
            List<?> found = answer.getMessage().getBody(List.class);
            return found.stream().map(String::valueOf).toList();
        }
    }

    private static String line(CsvRecord record) {
        return record.line() + " |" + Cases.escaped(String.join("|", record.cells())) + "|";
    }
}
