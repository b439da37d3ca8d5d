package io.tidemark.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Names for tables and columns that read well, fit every supported database and stay the same for ever. */
final class Names {
    /** The shortest limit of the supported databases, PostgreSQL's, in bytes; names made here are ASCII. */
    static final int LONGEST = 63;

    private static final int SUFFIX = 8;

    private Names() {}

    /**
     * An export's name in lower-case snake_case: an underscore between a lower-case and an upper-case letter and before
     * the last capital of a run that a lower-case letter follows; what is neither ASCII letter nor digit is an underscore.
     */
    static String snake(String field) {
        var name = new StringBuilder(field.length() + 8);
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (i > 0 && upper(c) && (lower(field.charAt(i - 1)) || endsRun(field, i))) {
                name.append('_');
            }
            name.append(upper(c) || lower(c) || digit(c) ? c : '_');
        }
        if (name.isEmpty() || digit(name.charAt(0))) {
            name.insert(0, '_');
        }
        return shortened(name.toString().toLowerCase(Locale.ROOT), field);
    }

    /** A column for a field whose name reads like another field's. */
    static String twin(String field) {
        return suffixed(snake(field), field);
    }

    /** A name of the bridge's that starts with another name, such as a view's or an index's. */
    static String derived(String name, String ending) {
        String whole = name + ending;
        if (bytes(whole) <= LONGEST) {
            return whole;
        }
        String tail = "_" + hash(name) + ending;
        return cut(name, LONGEST - tail.length()) + tail;
    }

    private static String shortened(String name, String origin) {
        return bytes(name) <= LONGEST ? name : suffixed(name, origin);
    }

    private static String suffixed(String name, String origin) {
        return cut(name, LONGEST - 1 - SUFFIX) + "_" + hash(origin);
    }

    /** As many whole characters as fit. */
    private static String cut(String name, int limit) {
        String start = name;
        while (bytes(start) > limit) {
            start = start.substring(0, start.offsetByCodePoints(start.length(), -1));
        }
        return start;
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, SUFFIX / 2);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }

    private static boolean endsRun(String field, int i) {
        return upper(field.charAt(i - 1)) && i + 1 < field.length() && lower(field.charAt(i + 1));
    }

    private static boolean upper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean lower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
