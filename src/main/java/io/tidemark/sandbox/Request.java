package io.tidemark.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** A request as it came in. The path is as sent, the query without its question mark and empty when there is none. */
public record Request(String method, String path, String query, Headers headers, String body) {
    private static final Pattern AMPERSAND = Pattern.compile("&");

    /** The decoded value of a query parameter; a name with an escaped dollar sign is found by its plain name. */
    public Optional<String> parameter(String name) {
        return AMPERSAND
                .splitAsStream(query)
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2 && decoded(pair[0]).equals(name))
                .map(pair -> decoded(pair[1]))
                .findFirst();
    }

    /** A part of a path as it was meant; a plus sign there stands for itself. */
    static String decodedPart(String part) {
        return decoded(part.replace("+", "%2B"));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
