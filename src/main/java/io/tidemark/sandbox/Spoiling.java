package io.tidemark.sandbox;

/** What can be wrong with a file of which every byte arrives. */
final class Spoiling {
    private Spoiling() {}

    /** Leaves out the second half of the last line. */
    static String truncated(String text) {
        String body = text.stripTrailing();
        int lastLine = body.lastIndexOf('\n') + 1;
        return body.substring(0, lastLine + (body.length() - lastLine) / 2);
    }

    /** Makes the last field longer, inside its quotes where it has any. */
    static String oversized(String text, long characters) {
        String body = text.stripTrailing();
        int place = body.endsWith("\"") ? body.length() - 1 : body.length();
        return body.substring(0, place)
                + "x".repeat(Math.toIntExact(characters))
                + body.substring(place)
                + text.substring(body.length());
    }
}
