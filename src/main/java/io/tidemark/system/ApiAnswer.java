package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came back from a call.
 *
 * @param headers looked up without regard to case; of a repeated header the last one counts
 * @param body the bounded body as text, empty where there was none
 * @param receivedAt the local time at which the answer was complete
 */
public record ApiAnswer(int status, Map<String, String> headers, String body, Instant receivedAt) {

    public ApiAnswer {
        var folded = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        folded.putAll(headers);
        headers = folded;
        requireNonNull(body, "body is null");
        requireNonNull(receivedAt, "receivedAt is null");
    }

    public boolean successful() {
        return status >= 200 && status < 300;
    }

    /** The same answer without these words, whoever put them there. */
    public ApiAnswer without(Collection<String> words) {
        String plain = body;
        for (String word : words) {
            plain = plain.replace(word, "***");
        }
        return new ApiAnswer(status, headers, plain, receivedAt);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
