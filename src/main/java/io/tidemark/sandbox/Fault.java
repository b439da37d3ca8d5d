package io.tidemark.sandbox;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way for a request to go wrong. Immutable: the small methods return changed copies.
 *
 * @param status answered instead of the real answer, for kind STATUS
 * @param bytes where a body is cut, or how long the oversized field gets
 * @param pause before the head for SLOW and STATUS, between two bytes for DRIP
 * @param retryAfterDate how far ahead of the sandbox's clock a Retry-After date lies; null for none
 * @param times how many requests it hits
 */
public record Fault(
        Kind kind,
        int status,
        Map<String, String> headers,
        String body,
        long bytes,
        Duration pause,
        @Nullable Duration retryAfterDate,
        int times) {

    /** The ways. Where a kind does not say that the request is not handled, it is handled as usual. */
    public enum Kind {
        /** Another answer; the request is not handled. */
        STATUS,
        /** The connection is reset without an answer; the request is not handled. */
        RESET,
        /** The request is handled and takes effect, then the connection is reset without an answer. */
        ANSWER_LOST,
        /** The whole length is promised, then the connection ends early in an orderly way. */
        CUT_BODY,
        /** The whole length is promised, then the connection is reset. */
        RESET_BODY,
        /** A chunked body without its last chunk. */
        CUT_CHUNKED,
        /** A body without a length, cut: the client cannot tell. */
        CUT_SILENTLY,
        /** A pause before the head. */
        SLOW,
        /** One byte at a time. */
        DRIP,
        /** Half of the last record is missing, with a length that agrees. */
        TRUNCATED_RECORD,
        /** The last field is made longer by so many characters. */
        OVERSIZED_FIELD,
        /** The body comes packed, and its head says so; of a part of it the length agrees. */
        GZIP,
        /** The usual status and head without any body. */
        EMPTY_BODY
    }

    public Fault {
        headers = Map.copyOf(headers);
        if (times < 1) {
            throw new IllegalArgumentException("times must be 1 or more, not " + times);
        }
    }

    /** Any kind but STATUS, with 0 bytes and no pause. */
    public static Fault of(Kind kind) {
        return new Fault(kind, 200, Map.of(), "", 0, Duration.ZERO, null, 1);
    }

    public static Fault status(int status) {
        return new Fault(Kind.STATUS, status, Map.of(), "", 0, Duration.ZERO, null, 1);
    }

    /** The page a proxy or a broken vendor shows: status 500 for a failure, 200 for HTML in place of JSON or CSV. */
    public static Fault html(int status) {
        return status(status).body("text/html", "<!DOCTYPE html><html><body><h1>Back soon</h1></body></html>\n");
    }

    public static Fault redirect(String location) {
        return status(302).header("Location", location);
    }

    public static Fault reset() {
        return of(Kind.RESET);
    }

    public static Fault answerLost() {
        return of(Kind.ANSWER_LOST);
    }

    public static Fault cutBody(long afterBytes) {
        return of(Kind.CUT_BODY).bytes(afterBytes);
    }

    public static Fault resetBody(long afterBytes) {
        return of(Kind.RESET_BODY).bytes(afterBytes);
    }

    public static Fault cutChunked(long afterBytes) {
        return of(Kind.CUT_CHUNKED).bytes(afterBytes);
    }

    public static Fault cutSilently(long afterBytes) {
        return of(Kind.CUT_SILENTLY).bytes(afterBytes);
    }

    public static Fault slow(Duration pause) {
        return of(Kind.SLOW).pause(pause);
    }

    public static Fault drip(Duration betweenBytes) {
        return of(Kind.DRIP).pause(betweenBytes);
    }

    public static Fault truncatedRecord() {
        return of(Kind.TRUNCATED_RECORD);
    }

    public static Fault oversizedField(long characters) {
        return of(Kind.OVERSIZED_FIELD).bytes(characters);
    }

    public static Fault gzip() {
        return of(Kind.GZIP).bytes(Long.MAX_VALUE);
    }

    /** Only the first so many bytes of what was packed. */
    public static Fault cutGzip(long afterBytes) {
        return of(Kind.GZIP).bytes(afterBytes);
    }

    public static Fault emptyBody() {
        return of(Kind.EMPTY_BODY);
    }

    public Fault retryAfterSeconds(long seconds) {
        return header("Retry-After", Long.toString(seconds));
    }

    /** A Retry-After in the form of a date, so far ahead of the sandbox's clock. */
    public Fault retryAfterDate(Duration ahead) {
        return new Fault(kind, status, headers, body, bytes, pause, ahead, times);
    }

    public Fault header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Fault(kind, status, more, body, bytes, pause, retryAfterDate, times);
    }

    public Fault body(String contentType, String text) {
        Fault typed = header("Content-Type", contentType);
        return new Fault(kind, status, typed.headers, text, bytes, pause, retryAfterDate, times);
    }

    public Fault times(int requests) {
        return new Fault(kind, status, headers, body, bytes, pause, retryAfterDate, requests);
    }

    Fault bytes(long count) {
        return new Fault(kind, status, headers, body, count, pause, retryAfterDate, times);
    }

    /** How long it lets wait: see {@link #pause()}. */
    public Fault pause(Duration length) {
        return new Fault(kind, status, headers, body, bytes, length, retryAfterDate, times);
    }

    Delivery delivery() {
        return switch (kind) {
            case CUT_BODY -> Delivery.PLAIN.cut(Delivery.Framing.LENGTH, bytes, false);
            case RESET_BODY -> Delivery.PLAIN.cut(Delivery.Framing.LENGTH, bytes, true);
            case CUT_CHUNKED -> Delivery.PLAIN.cut(Delivery.Framing.CHUNKED, bytes, false);
            case CUT_SILENTLY -> Delivery.PLAIN.cut(Delivery.Framing.CONNECTION, bytes, false);
            case SLOW, STATUS -> Delivery.PLAIN.after(pause);
            case DRIP -> Delivery.PLAIN.dripping(pause);
            default -> Delivery.PLAIN;
        };
    }
}
