package io.tidemark.sandbox.accountengagement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Routes;
import io.tidemark.sandbox.Switches;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Lets calls in: by limits, token, unit and version. Puts refusals into the form of the version that was called. */
final class Gate {
    private static final int MOST_PARALLEL = 5;

    private final Switches switches;
    private final InstantSource clock;
    private final Tokens tokens;
    private final String unit;
    private final Usage usage;
    private final Function<ApiUser, ZoneId> zones;
    private final AtomicInteger underWay = new AtomicInteger();

    /** What a route does with a call that was let in. */
    @FunctionalInterface
    interface Step {
        Response answer(Call call);
    }

    Gate(
            Switches switches,
            InstantSource clock,
            Tokens tokens,
            String unit,
            Usage usage,
            Function<ApiUser, ZoneId> zones) {
        this.switches = switches;
        this.clock = clock;
        this.tokens = tokens;
        this.unit = unit;
        this.usage = usage;
        this.zones = zones;
    }

    /** A step of a path whose version stands in it. */
    Routes.Step versioned(Step step) {
        return (request, parts) -> guarded(version(parts), request, parts, step, true);
    }

    /** A step of version 5. */
    Routes.Step five(Step step) {
        return (request, parts) -> guarded(5, request, parts, step, true);
    }

    /** The same for a download, which may be free in more than one sense. */
    Routes.Step download(Step step) {
        return (request, parts) -> guarded(version(parts), request, parts, step, switches.get(Doubts.DOWNLOADS_COUNT));
    }

    private static int version(Map<String, String> parts) {
        return switch (parts.getOrDefault("version", "5")) {
            case "3" -> 3;
            case "4" -> 4;
            default -> 5;
        };
    }

    private Response guarded(int version, Request request, Map<String, String> parts, Step step, boolean counts) {
        try {
            if (underWay.incrementAndGet() + switches.get(Doubts.PARALLEL_ELSEWHERE) > MOST_PARALLEL) {
                throw new ApiError(66, "more than five calls at a time");
            }
            return counted(request, step.answer(call(version, request, parts, counts)));
        } catch (ApiError error) {
            return counted(request, refusal(version, request, error));
        } finally {
            underWay.decrementAndGet();
        }
    }

    private Call call(int version, Request request, Map<String, String> parts, boolean counts) {
        Instant now = clock.instant();
        boolean free = parts.containsKey("file") && !switches.get(Doubts.DOWNLOADS_NEED_TOKEN);
        ApiUser user = free ? tokens.anybody() : user(request, now);
        fits(version);
        if (counts) {
            usage.count(now);
        }
        return new Call(user, version, request, parts, new VendorTime(zones.apply(user), now));
    }

    private ApiUser user(Request request, Instant now) {
        String given = request.headers().first("Authorization").orElse("");
        ApiUser user = tokens.user(given, now).orElseThrow(() -> new ApiError(184, "the access token is not valid"));
        String named = request.headers()
                .first("Pardot-Business-Unit-Id")
                .orElseThrow(() -> new ApiError(181, "the header Pardot-Business-Unit-Id is missing"));
        if (!named.equals(unit)) {
            throw new ApiError(201, "the business unit is not found for this user on this host");
        }
        return user;
    }

    private void fits(int version) {
        boolean several = switches.get(Doubts.SEVERAL_PER_EMAIL);
        if (version == 3 && several) {
            throw new ApiError(89, "this account must use version 4");
        }
        if (version == 4 && !several) {
            throw new ApiError(88, "this account cannot use version 4");
        }
    }

    private Response counted(Request request, Response response) {
        return request.headers().has("X-Return-Api-Usage")
                ? response.with("x-api-usage", usage.today(clock.instant()) + "/" + switches.get(Doubts.DAILY_LIMIT))
                : response;
    }

    private Response refusal(int version, Request request, ApiError error) {
        int status = status(version, error.code());
        String words = String.valueOf(error.getMessage());
        if (version == 5) {
            return Response.json(status, Json.object().put("code", error.code()).put("message", words));
        }
        if (Forms.wantsJson(request, switches)) {
            ObjectNode json = Json.object();
            json.putObject("@attributes").put("stat", "fail").put("version", 1).put("err_code", error.code());
            return Response.json(status, json.put("err", words));
        }
        return Forms.xml(
                status,
                "<rsp stat=\"fail\" version=\"1.0\"><err code=\"" + error.code() + "\">" + Forms.escaped(words)
                        + "</err></rsp>");
    }

    private int status(int version, int code) {
        if (version != 5 && switches.get(Doubts.ERRORS_WITH_200)) {
            return 200;
        }
        return switch (code) {
            case 66, 122, 202 -> switches.get(Doubts.LIMIT_STATUS);
            case 184 -> switches.get(Doubts.TOKEN_STATUS);
            case 49 -> 403;
            case 3 -> 404;
            case 183 -> 500;
            case 214 -> 503;
            default -> 400;
        };
    }
}
