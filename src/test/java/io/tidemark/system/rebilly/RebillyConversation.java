package io.tidemark.system.rebilly;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Export;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.Source;
import io.tidemark.system.Step;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays answers in order and keeps the calls that were made for them. */
final class RebillyConversation {

    static final Instant NOW = Instant.parse("2026-03-02T12:30:00Z");
    static final Instant FROM = Instant.parse("2026-03-02T11:00:00Z");
    static final Instant TO = Instant.parse("2026-03-02T12:00:00Z");
    static final String KEY = "sk_secret-canary";
    static final ExportRequest WINDOW = new ExportRequest(FROM, TO, List.of(), false);

    final List<ApiRequest> calls = new ArrayList<>();
    private final Deque<ApiAnswer> answers = new ArrayDeque<>();

    static RebillyConversation of(String... bodies) {
        var conversation = new RebillyConversation();
        for (String body : bodies) {
            conversation.then(200, body);
        }
        return conversation;
    }

    RebillyConversation then(int status, String body) {
        answers.add(answer(status, body, Map.of("Content-Type", "application/json")));
        return this;
    }

    RebillyConversation then(ApiAnswer answer) {
        answers.add(answer);
        return this;
    }

    static ApiAnswer answer(int status, String body, Map<String, String> headers) {
        return new ApiAnswer(status, headers, body, NOW);
    }

    <T> T hold(Step<T> first) {
        Step<T> step = first;
        while (step instanceof Step.Call<T> call) {
            assertThat(answers).as("an answer to " + call.request()).isNotEmpty();
            calls.add(call.request());
            step = call.answer(answers.remove());
        }
        assertThat(answers).as("answers nobody asked for").isEmpty();
        return ((Step.Done<T>) step).result();
    }

    List<String> lines() {
        return calls.stream().map(call -> call.method() + " " + call.path()).toList();
    }

    String lastBody() {
        return String.valueOf(calls.get(calls.size() - 1).body());
    }

    static Source source(String prefix) {
        return new Rebilly().open(Map.of("api-key", KEY, "organization-id", "org_1", "path-prefix", prefix));
    }

    static Source source() {
        return source(RebillyOptions.STANDARD_PREFIX);
    }

    static ExportSpec spec(String resource, Map<String, String> parameters) {
        return new ExportSpec("people", resource, List.of(), parameters, false, Optional.empty());
    }

    static Export export(String resource, Map<String, String> parameters) {
        return source().export(spec(resource, parameters));
    }
}
