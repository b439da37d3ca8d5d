package io.tidemark.sandbox.mpdx;

import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Routes;
import io.tidemark.sandbox.Switches;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** What every request passes: who asks, how often, and in which media type. */
final class Door {
    private static final String BEARER = "Bearer ";

    private final Tokens tokens;
    private final InstantSource clock;
    private final Switches switches;
    private Instant minute = Instant.EPOCH;
    private int answered;

    Door(Tokens tokens, InstantSource clock, Switches switches) {
        this.tokens = tokens;
        this.clock = clock;
        this.switches = switches;
    }

    /** A route's step that needs to know who asks. */
    @FunctionalInterface
    interface SignedStep {
        Response answer(ApiUser user, Request request, Map<String, String> parts);
    }

    /** For calls with documents in both directions. */
    Routes.Step documents(SignedStep step) {
        return (request, parts) -> {
            ApiUser user = enter(request, false);
            accept(request);
            if (!request.body().isEmpty()) {
                contentType(request);
            }
            return step.answer(user, request, parts);
        };
    }

    /** For exports, which take any media type, and for their files, which also take the token in the address. */
    Routes.Step exports(SignedStep step) {
        return (request, parts) -> step.answer(enter(request, request.method().equals("GET")), request, parts);
    }

    private ApiUser enter(Request request, boolean inAddress) {
        ApiUser user = token(request, inAddress)
                .flatMap(token -> tokens.user(token, clock.instant()))
                .orElseThrow(ApiError::unauthorized);
        count();
        return user;
    }

    private static Optional<String> token(Request request, boolean inAddress) {
        Optional<String> header = request.headers()
                .first("Authorization")
                .filter(value -> value.startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()));
        return header.isEmpty() && inAddress ? request.parameter("access_token") : header;
    }

    private synchronized void count() {
        int most = switches.get(Doubts.REQUESTS_PER_MINUTE);
        Instant now = clock.instant();
        if (!now.truncatedTo(ChronoUnit.MINUTES).equals(minute)) {
            minute = now.truncatedTo(ChronoUnit.MINUTES);
            answered = 0;
        }
        answered++;
        if (most > 0 && answered > most) {
            throw ApiError.busy(
                    Math.max(1, Duration.between(now, minute.plusSeconds(60)).toSeconds()));
        }
    }

    private static void accept(Request request) {
        String accepted = request.headers().first("Accept").orElse("*/*");
        if (!accepted.contains(Documents.MEDIA_TYPE) && !accepted.contains("*/*")) {
            throw ApiError.media(406, "answers are " + Documents.MEDIA_TYPE);
        }
    }

    private static void contentType(Request request) {
        String type = request.headers().first("Content-Type").orElse("");
        if (!type.startsWith(Documents.MEDIA_TYPE)) {
            throw ApiError.media(415, "bodies are " + Documents.MEDIA_TYPE);
        }
    }
}
