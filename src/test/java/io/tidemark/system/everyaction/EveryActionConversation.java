package io.tidemark.system.everyaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.DeletionRule;
import io.tidemark.system.Export;
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
final class EveryActionConversation {

    static final Instant NOW = Instant.parse("2026-03-02T12:30:00Z");
    static final String KEY = "0d5c3f1a-secret-canary";

    final List<ApiRequest> calls = new ArrayList<>();
    private final Deque<ApiAnswer> answers = new ArrayDeque<>();

    static EveryActionConversation of(String... bodies) {
        var conversation = new EveryActionConversation();
        for (String body : bodies) {
            conversation.then(200, body);
        }
        return conversation;
    }

    EveryActionConversation then(int status, String body) {
        return then(answer(status, body, Map.of("Content-Type", "application/json; charset=utf-8")));
    }

    EveryActionConversation then(ApiAnswer answer) {
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

    static Source source() {
        return new EveryAction().open(Map.of("application-name", "acme", "api-key", KEY, "database-mode", "1"));
    }

    static ExportSpec spec(String resource, Map<String, String> parameters) {
        return new ExportSpec("people", resource, List.of(), parameters, false, Optional.empty());
    }

    static ExportSpec withDeleted(ExportSpec spec) {
        return new ExportSpec(spec.stream(), spec.resource(), spec.key(), spec.parameters(), true, spec.deletion());
    }

    static ExportSpec withKey(ExportSpec spec, String... key) {
        return new ExportSpec(
                spec.stream(), spec.resource(), List.of(key), spec.parameters(), spec.withDeleted(), spec.deletion());
    }

    static ExportSpec withRule(ExportSpec spec, DeletionRule rule) {
        return new ExportSpec(
                spec.stream(), spec.resource(), spec.key(), spec.parameters(), spec.withDeleted(), Optional.of(rule));
    }

    static Export export(String resource, Map<String, String> parameters) {
        return source().export(spec(resource, parameters));
    }

    /** Fields written as {@code Name:letter}, a core field with a star behind it. */
    static String fields(String... fields) {
        var json = new ArrayList<String>();
        for (String field : fields) {
            String[] parts = field.replace("*", "").split(":", 2);
            json.add("{\"fieldName\":\"" + parts[0] + "\",\"fieldType\":\"" + parts[1] + "\",\"isCoreField\":"
                    + field.endsWith("*") + ",\"availableValues\":null}");
        }
        return "[" + String.join(",", json) + "]";
    }
}
