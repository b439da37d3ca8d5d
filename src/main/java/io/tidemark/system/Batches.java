package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way of updates that a vendor takes several of in one go. It says of each what became of it: at once, or when it is
 * done with a job. Like {@link Writing}, it builds conversations and reads answers, and does no I/O.
 *
 * <p>The same updates twice leave what they do once. What is thrown holds for all of them together and says nothing of any
 * of them: each is looked at again, and those that fail together time and again go one by one.
 */
public interface Batches {

    /** From how many waiting updates on they go together. */
    int from();

    /** How many go together at most. */
    int most();

    /**
     * The records as they stand at the vendor now, by key, as {@link Writing#read} shows them. One that is not among them is
     * left to a look of its own.
     */
    Step<Map<String, Present>> read(List<String> keys);

    /** Whether an update can go together with others; one that cannot goes alone. */
    boolean takes(Update update);

    /**
     * Sends updates of different records, each of which it {@link #takes}. A job that this begins must write nothing before
     * {@link #goOn} was called with its id: so it is known before it can do anything.
     */
    Step<BatchStatus> send(List<Update> updates);

    /**
     * Goes on with a job that {@link #send} began, from wherever it is, and says how it stands. Any number of calls, also of
     * another process, do no more than one.
     *
     * @param updates those that the job was begun for, as they were sent and without what was seen before, less those of
     *     which somebody has decided otherwise
     */
    default Step<BatchStatus> goOn(String job, List<Update> updates) {
        throw new IllegalStateException("no job was begun");
    }

    /**
     * One record's update.
     *
     * @param values the changed fields with their new values, all of them writable
     * @param present what a look showed just before, whole as it was; empty where nobody looked
     */
    record Update(String key, Map<String, @Nullable String> values, Optional<Present.Found> present) {
        public Update {
            requireNonNull(key, "key is null");
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            requireNonNull(present, "present is null");
        }
    }
}
