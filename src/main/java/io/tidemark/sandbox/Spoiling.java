package io.tidemark.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** What can be wrong with a file of which every byte arrives. */
final class Spoiling {
    private Spoiling() {}

    /** Leaves out the second half of the last line. */
    static String truncated(String text) {
        String body = text.stripTrailing();
        int lastLine = body.lastIndexOf('\n') + 1;
        return body.substring(0, lastLine + (body.length() - lastLine) / 2);
    }

    /** Packs it, and leaves out what is beyond so many bytes. */
    static Content packed(Content content, long most) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var in = content.open();
                var out = new GZIPOutputStream(packed)) {
            in.transferTo(out);
        }
        return Content.bytes(Arrays.copyOf(packed.toByteArray(), (int) Math.min(packed.size(), most)));
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
