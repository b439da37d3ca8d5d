package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.csv.CsvException;
import io.tidemark.csv.CsvFormat;
import io.tidemark.route.RouteBeans.ABatch;
import io.tidemark.route.RouteBeans.ATurn;
import io.tidemark.settings.Settings;
import io.tidemark.sql.BrakeException;
import io.tidemark.sql.ClaimLostException;
import io.tidemark.sql.CountMismatchException;
import io.tidemark.sql.DatabaseException;
import io.tidemark.sql.LoadException;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.ExportPages;
import io.tidemark.system.ExportPages.Page;
import io.tidemark.system.Step;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of {@code routes/}, unchanged, with small beans in place of the real ones and a server on loopback. */
class RoutesTest extends CamelMainTestSupport {
    private static final String DUE =
            "select 'contacts' as \"name\", 'ea' as \"source\"" + " union all select 'strangers', 'ea' order by 1 desc";

    /** What a step may end with, and which method of the bean it leads to. */
    private static final Map<Class<? extends Exception>, String> OUTCOMES = new LinkedHashMap<>();

    static {
        OUTCOMES.put(ClaimLostException.class, "lost");
        OUTCOMES.put(ApiException.Denied.class, "stopped");
        OUTCOMES.put(IdentityChangedException.class, "stopped");
        OUTCOMES.put(GapException.class, "stopped");
        OUTCOMES.put(BrakeException.class, "braked");
        OUTCOMES.put(CountMismatchException.class, "mismatched");
        OUTCOMES.put(LinkDeadException.class, "linkDead");
        OUTCOMES.put(CsvException.class, "fileBroken");
        OUTCOMES.put(ApiException.RetryLater.class, "later");
        OUTCOMES.put(DatabaseException.class, "later");
        OUTCOMES.put(IOException.class, "later");
        OUTCOMES.put(SSLHandshakeException.class, "later");
        OUTCOMES.put(GeneralSecurityException.class, "later");
        OUTCOMES.put(ApiException.Refused.class, "failed");
        OUTCOMES.put(LoadException.class, "failed");
        OUTCOMES.put(IllegalStateException.class, "failed");
    }

    @TempDir
    static Path folder;

    private final RouteBeans beans = new RouteBeans();
    private final OddServer server = OddServer.answering(
            "HTTP/1.1 200 OK\r\nContent-Length: 19\r\nX-Answer: yes\r\nConnection: close\r\n\r\nVanID,Name\n7,\"A\nn\"\n");

    @AfterEach
    void leave() {
        server.close();
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.withRoutesIncludePattern("file:routes/*.camel.yaml").withStreamCachingEnabled(false);
    }

    /** Time is taken out: what a clock starts is started by the tests. */
    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        var properties = new Properties();
        properties.setProperty("tidemark.due-steps", DUE);
        properties.setProperty("tidemark.scheduled", "true");
        properties.setProperty("tidemark.time-zone", "UTC");
        configuration
                .withUseOverridePropertiesWithPropertiesComponent(properties)
                .withShutdownTimeout(5);
        configuration.replaceRouteFromWith("tick", "direct:tick");
        configuration.replaceRouteFromWith("purge", "direct:purge");
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        var database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:routes");
        Settings settings = new Setup(folder)
                        .set("tidemark.sources.ea.system", "everyaction")
                        .set(
                                "tidemark.sources.ea.base-url",
                                server.address("/v4").toString())
                        .set("tidemark.sources.ea.application-name", "an-application")
                        .set("tidemark.sources.ea.api-key", "a-key")
                        .set("tidemark.sources.ea.database-mode", "1")
                        .stream("contacts", "ea")
                        .read()
                        .settings();
        beans.fileHost = server.address("").toString();
        beans.bind(registry);
        registry.bind("tidemark", database);
        registry.bind("csv", CsvFormat.dataFormat());
        var streams = new Streams(settings, InstantSource.system());
        var tokens = new Tokens(streams, InstantSource.system());
        registry.bind("tokens", tokens);
        registry.bind("calls", new Calls(settings, streams, tokens, InstantSource.system()));
        registry.bind("templateInstances", new TemplateInstances(settings, tokens.grants(), true));
        registry.bind("api-ea", new HttpComponent());
        registry.bind("download-ea", new HttpComponent());
        registry.bind("fetch-ea", new HttpComponent());
    }

    // time

    @Test
    void a_schedule_only_stores_that_its_stream_is_due() throws Exception {
        context.getRoute("schedule-contacts").getProcessor().process(new DefaultExchange(context));

        assertThat(beans.notes).containsExactly("due contacts");
    }

    @Test
    void a_tick_keeps_the_claims_and_offers_the_due_steps_that_are_this_processs() {
        template.sendBody("direct:tick", null);
        untilNoted("claim contacts");

        assertThat(beans.notes).containsExactly("renew", "offers strangers", "offers contacts", "claim contacts");
    }

    @Test
    void a_tick_that_fails_is_a_line_and_nothing_else() {
        failAt("renew", new DatabaseException("down", null));
        template.sendBody("direct:tick", null);

        assertThat(beans.notes).containsExactly("renew", "outside: DatabaseException");
    }

    @Test
    void housekeeping_removes_what_is_over_and_its_failure_is_a_line() {
        template.sendBody("direct:purge", null);
        failAt("purge", new DatabaseException("down", null));
        template.sendBody("direct:purge", null);

        assertThat(beans.notes).containsExactly("purge", "purge", "outside: DatabaseException");
    }

    // steps

    @Test
    void a_step_that_another_process_took_is_left_alone() {
        offer();
        untilNoted("claim contacts");
        offer(new ATurn("poll", false));
        untilNoted("end poll");

        assertThat(beans.notes)
                .containsExactly("claim contacts", "claim contacts", "ask", "polled with a status", "end poll");
    }

    @Test
    void a_request_introduces_itself_then_plans_then_asks() {
        offer(new ATurn("request", false));
        untilNoted("end request");

        assertThat(beans.notes)
                .containsExactly(
                        "claim contacts",
                        "introduce",
                        "introduced by an introduction",
                        "plan",
                        "requested with an answer",
                        "end request");
    }

    @Test
    void a_request_that_has_nothing_to_ask_for_asks_nothing() {
        beans.planned = null;
        offer(new ATurn("request", false));
        untilNoted("end request");

        assertThat(beans.notes)
                .containsExactly("claim contacts", "introduce", "introduced by an introduction", "plan", "end request");
    }

    @Test
    void a_load_stages_file_after_file_and_commits_last() {
        beans.parts = List.of("a.csv", "b.csv");
        offer(new ATurn("load", false));
        untilNoted("end load");

        String staged = "stage VanID+Name 7+A\nn";
        assertThat(beans.notes)
                .containsExactly(
                        "claim contacts",
                        "introduce",
                        "introduced by an introduction",
                        "ask",
                        "begin with a status",
                        "address of a.csv",
                        "open",
                        staged,
                        "address of b.csv",
                        "open",
                        staged,
                        "missing",
                        "commit",
                        "end load");
        assertThat(server.heads())
                .extracting(head -> head.lines().findFirst().orElse(""))
                .containsExactly("GET /a.csv HTTP/1.1", "GET /b.csv HTTP/1.1");
    }

    @Test
    void each_record_that_a_full_comparison_misses_is_looked_at_before_the_commit() {
        beans.absent = List.of("7", "8");
        offer(new ATurn("load", false));
        untilNoted("end load");

        assertThat(beans.notes)
                .containsSubsequence(
                        "missing",
                        "look at 7",
                        "looked at 7, a record",
                        "look at 8",
                        "looked at 8, a record",
                        "commit",
                        "end load");
    }

    @Test
    void a_file_that_needs_the_credentials_goes_another_way() {
        beans.parts = List.of("own.csv");
        offer(new ATurn("load", false));
        untilNoted("end load");

        assertThat(beans.notes).contains("address of own.csv", "stage VanID+Name 7+A\nn", "commit");
    }

    @Test
    void rows_that_are_read_by_calls_are_staged_page_by_page() {
        var last = new Page(List.of("VanID"), List.of(List.of("3")), Optional.empty());
        var first = new Page(List.of("VanID"), List.of(List.of("1"), List.of("2")), Optional.of(() -> ask(last)));
        beans.parts = List.of(new ExportPages(ask(first)), "a.csv");
        offer(new ATurn("load", false));
        untilNoted("end load");

        assertThat(beans.notes)
                .containsSubsequence("first page", "page of 2", "page of 1", "address of a.csv", "commit");
    }

    @Test
    void a_page_that_fails_ends_the_load_before_the_next_part_and_the_commit() {
        var page = new Page(List.of("VanID"), List.of(), Optional.of(() -> {
            throw new AssertionError("asked on");
        }));
        beans.parts = List.of(new ExportPages(ask(page)), "a.csv");
        failAt("page of 0", new IOException("away"));
        offer(new ATurn("load", false));
        untilNoted("end load");

        assertThat(beans.notes).endsWith("page of 0", "later: IOException", "end load");
    }

    private static Step<Page> ask(Page page) {
        return Step.call(ApiRequest.get("/people"), answer -> page);
    }

    @Test
    void a_job_that_is_not_needed_any_more_is_told_to_the_vendor_and_a_deaf_one_changes_nothing() {
        offer(new ATurn("load", false, Step.call(ApiRequest.get("/farewell"), answer -> {
            throw new ApiException.Refused("no");
        })));
        untilNoted("end load");

        assertThat(beans.notes).endsWith("commit", "unheard: Refused", "end load");
        assertThat(server.heads()).anyMatch(head -> head.startsWith("GET /v4/farewell "));
    }

    @Test
    void a_load_without_files_commits() {
        offer(new ATurn("load", false));
        untilNoted("end load");

        assertThat(beans.notes).endsWith("begin with a status", "missing", "commit", "end load");
    }

    @ParameterizedTest
    @ValueSource(strings = {"address of a.csv", "open", "stage VanID+Name 7+A\nn"})
    void a_file_that_fails_ends_the_load_before_the_next_file_and_the_commit(String at) {
        beans.parts = List.of("a.csv", "b.csv");
        failAt(at, new LinkDeadException("dead"));
        offer(new ATurn("load", false));
        untilNoted("end load");

        assertThat(beans.notes)
                .endsWith(at, "linkDead: LinkDeadException", "end load")
                .doesNotContain("address of b.csv", "commit");
    }

    @Test
    void a_turn_is_ended_even_if_its_failure_cannot_be_stored() {
        failAt("later: IOException", new DatabaseException("down", null));
        failAt("polled with a status", new IOException("away"));
        offer(new ATurn("poll", false));
        untilNoted("end poll");

        assertThat(beans.notes).endsWith("polled with a status", "later: IOException", "end poll");
    }

    @Test
    void a_turn_whose_next_step_can_be_taken_at_once_is_offered_again() {
        offer(new ATurn("poll", true), new ATurn("load", false));
        untilNoted("end load");

        assertThat(beans.notes.subList(0, 5))
                .containsExactly("claim contacts", "ask", "polled with a status", "end poll", "claim contacts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"polled with a status", "commit", "stage VanID+Name 7+A\nn"})
    void each_failure_of_a_step_is_handed_to_the_bean_once_whatever_it_is_wrapped_in(String at) {
        beans.parts = List.of("a.csv");
        String step = at.startsWith("polled") ? "poll" : "load";
        OUTCOMES.forEach((type, outcome) -> {
            failAt(at, made(type));
            beans.notes.clear();
            template.send("direct:turn", exchange -> {
                exchange.setProperty("turn", new ATurn(step, false));
                exchange.setProperty("source", "ea");
            });

            assertThat(beans.notes.subList(beans.notes.indexOf(at) + 1, beans.notes.size()))
                    .as(type.getSimpleName())
                    .containsExactly(outcome + ": " + type.getSimpleName());
        });
    }

    @Test
    void a_write_looks_at_each_change_prepares_sends_and_settles_it() {
        beans.changes = List.of("one");
        offer(new ATurn("write", false));
        untilNoted("end write");

        assertThat(beans.notes)
                .containsExactly(
                        "claim contacts",
                        "introduce",
                        "introduced by an introduction",
                        "writable",
                        "take",
                        "alone",
                        "look at one",
                        "prepare one",
                        "settle one",
                        "end of the round",
                        "end write");
    }

    @Test
    void changes_that_go_together_go_before_those_that_go_alone() {
        beans.joint = List.of(new ABatch("new", false), new ABatch("old", true), new ABatch("done", false));
        beans.changes = List.of("one");
        offer(new ATurn("write", false));
        untilNoted("end write");

        assertThat(beans.notes)
                .containsSubsequence(
                        "take",
                        "look at all of new",
                        "prepare all of new",
                        "settle all of new",
                        "go on with old",
                        "settle all of old",
                        "look at all of done",
                        "prepare all of done",
                        "alone",
                        "settle one",
                        "end of the round")
                .doesNotContain("look at all of old", "settle all of done");
    }

    @Test
    void a_batch_that_fails_is_tried_later_and_holds_up_nothing() {
        beans.joint = List.of(new ABatch("one", false), new ABatch("two", false));
        beans.changes = List.of("three");
        failAt("settle all of one", new IOException("away"));
        offer(new ATurn("write", false));
        untilNoted("end write");

        assertThat(beans.notes)
                .containsSubsequence("later all of one", "settle all of two", "settle three", "end of the round");
    }

    @Test
    void a_change_of_which_nothing_is_left_is_not_sent() {
        beans.changes = List.of("done");
        offer(new ATurn("write", false));
        untilNoted("end write");

        assertThat(beans.notes).endsWith("look at done", "prepare done", "end of the round", "end write");
    }

    @Test
    void a_change_that_is_refused_or_fails_holds_up_no_other() {
        beans.changes = List.of("one", "two", "three");
        failAt("settle one", new ApiException.Refused("no"));
        failAt("look at two", new IOException("away"));
        offer(new ATurn("write", false));
        untilNoted("end write");

        assertThat(beans.notes)
                .contains("refused one", "later two", "settle three", "end of the round")
                .doesNotContain("settle two", "later one", "refused two");
    }

    @ParameterizedTest
    @ValueSource(classes = {ApiException.Denied.class, ClaimLostException.class})
    void denied_credentials_and_a_lost_claim_end_the_round(Class<? extends Exception> type) {
        beans.changes = List.of("one");
        failAt("look at one", made(type));
        offer(new ATurn("write", false));
        untilNoted("end write");

        assertThat(beans.notes)
                .contains(OUTCOMES.get(type) + ": " + type.getSimpleName())
                .doesNotContain("end of the round", "later one", "refused one");
    }

    // calls

    @Test
    void a_call_carries_the_adapters_headers_and_nothing_that_travelled_with_the_step() {
        var request = new ApiRequest("POST", "/jobs", Map.of("X-Own", "1"), "{}", false);
        Object result = fluentTemplate
                .to("direct:ask")
                .withExchangeProperty("source", "ea")
                .withHeader("X-Step", "secret")
                .withHeader("Authorization", "secret")
                .withBody(Step.call(
                        request, answer -> answer.status() + " " + answer.body().length()))
                .request(Object.class);

        assertThat(result).isEqualTo("200 19");
        assertThat(server.heads())
                .singleElement()
                .asString()
                .startsWith("POST /v4/jobs HTTP/1.1")
                .contains("X-Own: 1")
                .doesNotContain("secret", "X-Step", "Authorization");
    }

    @Test
    void a_conversation_makes_as_many_calls_as_it_takes() {
        var first = ApiRequest.get("/one");
        var second = ApiRequest.get("/two");
        Step<String> conversation =
                Step.call(first, answer -> "one").flatMap(one -> Step.call(second, answer -> one + " two"));

        assertThat(ask(conversation)).isEqualTo("one two");
        assertThat(server.heads())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("GET /v4/two HTTP/1.1")
                .doesNotContain("X-Answer");
    }

    @Test
    void a_call_that_fails_ends_the_conversation_and_is_not_made_again() {
        Step<Object> conversation = Step.call(ApiRequest.get("/one"), answer -> {
            throw new ApiException.Denied("no");
        });

        assertThatThrownBy(() -> ask(conversation))
                .isInstanceOf(CamelExecutionException.class)
                .hasCauseInstanceOf(ApiException.Denied.class);
        assertThat(server.heads()).hasSize(1);
    }

    @Test
    void a_file_by_hand_is_read_as_a_download_is() {
        template.sendBody("direct:by-hand", "VanID,Name\n7,\"A,nn\"\n");

        assertThat(beans.notes).containsExactly("read VanID+Name 7+A,nn");
    }

    private Object ask(Step<?> conversation) {
        return fluentTemplate
                .to("direct:ask")
                .withExchangeProperty("source", "ea")
                .withBody(conversation)
                .request(Object.class);
    }

    /** Offers a step of the stream; these are the turns that claims get, one each. */
    private void offer(ATurn... claimed) {
        beans.turns.addAll(List.of(claimed));
        template.sendBody("direct:offer-ea", Map.of("name", "contacts", "source", "ea"));
    }

    private void failAt(String call, Exception with) {
        beans.failures.put(call, with);
    }

    private void untilNoted(String note) {
        Running.until(() -> beans.notes.contains(note), () -> "only " + beans.notes);
    }

    /** An exception of the type, by its smallest constructor, which need not be for everybody. */
    private static Exception made(Class<? extends Exception> type) {
        try {
            Constructor<?> constructor = Arrays.stream(type.getDeclaredConstructors())
                    .min(Comparator.comparingInt(Constructor::getParameterCount))
                    .orElseThrow();
            constructor.setAccessible(true);
            return (Exception) constructor.newInstance(Arrays.stream(constructor.getParameterTypes())
                    .map(RoutesTest::some)
                    .toArray());
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(type.getName(), impossible);
        }
    }

    private static @Nullable Object some(Class<?> type) {
        if (type == String.class) {
            return "words";
        }
        if (type == Optional.class) {
            return Optional.empty();
        }
        return type == long.class ? 1L : type.isEnum() ? type.getEnumConstants()[0] : null;
    }
}
