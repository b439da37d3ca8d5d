package io.tidemark.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads requests from a connection, one after the other, each within fixed limits. */
final class Incoming {
    static final int LONGEST_LINE = 64 * 1024;
    static final int MOST_HEADERS = 200;
    static final int LARGEST_BODY = 32 * 1024 * 1024;

    private final InputStream in;
    private final Runnable beforeBody;

    /** @param beforeBody called when the client waits to be told to send its body */
    Incoming(InputStream in, Runnable beforeBody) {
        this.in = in;
        this.beforeBody = beforeBody;
    }

    /** The next request, or nothing when the client has ended the connection between two requests. */
    Optional<Request> next() throws IOException {
        Optional<String> line = line();
        while (line.isPresent() && line.get().isEmpty()) {
            line = line();
        }
        if (line.isEmpty()) {
            return Optional.empty();
        }
        String[] words = line.get().split(" ", -1);
        if (words.length != 3) {
            throw new IOException("not a request line");
        }
        Headers headers = headers();
        String[] target = words[1].split("\\?", 2);
        return Optional.of(
                new Request(words[0], target[0], target.length == 2 ? target[1] : "", headers, body(headers)));
    }

    private Headers headers() throws IOException {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int count = 0; count <= MOST_HEADERS; count++) {
            String line = line().orElseThrow(EOFException::new);
            if (line.isEmpty()) {
                return new Headers(values);
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("a header line without a name");
            }
            values.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        throw new IOException("more than " + MOST_HEADERS + " header lines");
    }

    private String body(Headers headers) throws IOException {
        if (headers.has("Expect")) {
            beforeBody.run();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (headers.first("Transfer-Encoding")
                .filter(coding -> coding.toLowerCase(Locale.ROOT).contains("chunked"))
                .isPresent()) {
            chunks(body);
        } else {
            copy(length(headers), body);
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private static long length(Headers headers) throws IOException {
        try {
            return Long.parseLong(headers.first("Content-Length").orElse("0"));
        } catch (NumberFormatException e) {
            throw new IOException("Content-Length is not a number", e);
        }
    }

    private void chunks(ByteArrayOutputStream body) throws IOException {
        while (true) {
            String size = line().orElseThrow(EOFException::new).split(";", 2)[0].strip();
            int length = chunkLength(size);
            if (length == 0) {
                Optional<String> trailer = line();
                while (trailer.filter(text -> !text.isEmpty()).isPresent()) {
                    trailer = line();
                }
                return;
            }
            copy(length, body);
            line();
        }
    }

    private static int chunkLength(String size) throws IOException {
        try {
            return Integer.parseInt(size, 16);
        } catch (NumberFormatException e) {
            throw new IOException("the length of a chunk is not a number", e);
        }
    }

    private void copy(long length, ByteArrayOutputStream body) throws IOException {
        if (length < 0 || length > LARGEST_BODY - body.size()) {
            throw new IOException("a request body is limited to " + LARGEST_BODY + " bytes");
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException("the request body ends early");
        }
        body.writeBytes(bytes);
    }

    private Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return Optional.empty();
            }
            if (line.size() == LONGEST_LINE) {
                throw new IOException("a line is limited to " + LONGEST_LINE + " bytes");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
}
