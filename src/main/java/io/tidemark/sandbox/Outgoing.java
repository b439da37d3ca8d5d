package io.tidemark.sandbox;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes responses to a connection, the way a {@link Delivery} says. */
final class Outgoing {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final OutputStream out;
    private final Pauses pauses;

    Outgoing(OutputStream out, Pauses pauses) {
        this.out = new BufferedOutputStream(out, 64 * 1024);
        this.pauses = pauses;
    }

    static String httpDate(Instant instant) {
        return HTTP_DATE.format(instant);
    }

    void proceed() throws IOException {
        out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Returns whether the response went out whole and its end can be told without closing the connection. */
    boolean send(Response response, Delivery delivery, boolean withBody, Instant now) throws IOException {
        if (!pauses.pause(delivery.beforeHead())) {
            return false;
        }
        out.write(head(response, delivery.framing(), now).getBytes(StandardCharsets.ISO_8859_1));
        boolean whole = !withBody || body(response.content(), delivery);
        out.flush();
        return whole && delivery.framing() != Delivery.Framing.CONNECTION;
    }

    private static String head(Response response, Delivery.Framing framing, Instant now) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + response.status() + " " + phrase(response.status()));
        head.append("\r\nDate: ").append(httpDate(now));
        response.headers()
                .forEach((name, value) ->
                        head.append("\r\n").append(name).append(": ").append(value));
        head.append("\r\n").append(framingHeader(response, framing)).append("\r\n\r\n");
        return head.toString().replace("\r\n\r\n\r\n", "\r\n\r\n");
    }

    private static String framingHeader(Response response, Delivery.Framing framing) throws IOException {
        return switch (framing) {
            case LENGTH ->
                response.status() == 204
                        ? ""
                        : "Content-Length: " + response.content().length();
            case CHUNKED -> "Transfer-Encoding: chunked";
            case CONNECTION -> "Connection: close";
        };
    }

    private static String phrase(int status) {
        return status < 300 ? "OK" : status < 400 ? "Elsewhere" : "Refused";
    }

    private boolean body(Content content, Delivery delivery) throws IOException {
        long left = delivery.atMost();
        byte[] buffer = new byte[delivery.betweenBytes().isZero() ? 64 * 1024 : 1];
        try (InputStream in = content.open()) {
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                int allowed = (int) Math.min(count, left);
                piece(buffer, allowed, delivery);
                left -= allowed;
                if ((left == 0 && allowed < count) || !pauses.pause(delivery.betweenBytes())) {
                    return false;
                }
            }
        }
        if (delivery.framing() == Delivery.Framing.CHUNKED && delivery.atMost() == Long.MAX_VALUE) {
            ascii("0\r\n\r\n");
        }
        return delivery.atMost() == Long.MAX_VALUE;
    }

    private void piece(byte[] buffer, int count, Delivery delivery) throws IOException {
        boolean chunked = delivery.framing() == Delivery.Framing.CHUNKED && count > 0;
        if (chunked) {
            ascii(Integer.toHexString(count) + "\r\n");
        }
        out.write(buffer, 0, count);
        if (chunked) {
            ascii("\r\n");
        }
        if (!delivery.betweenBytes().isZero()) {
            out.flush();
        }
    }

    private void ascii(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
