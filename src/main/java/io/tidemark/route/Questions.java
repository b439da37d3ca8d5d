package io.tidemark.route;

import io.tidemark.system.Account;
import io.tidemark.system.ApiException;
import io.tidemark.system.Present;
import io.tidemark.system.ResourceDescription;
import io.tidemark.system.Shape;
import io.tidemark.system.Source;
import io.tidemark.system.Step;
import io.tidemark.system.Writable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.FluentProducerTemplate;
import org.jspecify.annotations.Nullable;

/**
 * Asks a source outside of any cycle, for commands. Every method makes calls and waits for the answers.
 *
 * <p>They throw {@link ApiException} with the vendor's words; a network failure is one that can be tried later.
 */
public final class Questions {
    private final FluentProducerTemplate template;
    private final Streams streams;
    private final String name;
    private final Source source;

    Questions(FluentProducerTemplate template, Streams streams, String name) {
        this.template = template;
        this.streams = streams;
        this.name = name;
        this.source = streams.source(name);
    }

    public Account account() {
        return ask(source.account(), Account.class);
    }

    @SuppressWarnings("unchecked")
    public List<String> resources() {
        return ask(source.resources(), List.class);
    }

    public ResourceDescription describe(String resource) {
        return ask(source.describe(resource), ResourceDescription.class);
    }

    /** What a configured stream's exports look like. */
    public Shape shape(String stream) {
        return ask(active(stream).export().shape(), Shape.class);
    }

    /** Whether local changes of a configured stream could be written at all. */
    public boolean writes(String stream) {
        return active(stream).writes();
    }

    /** What can be written of a configured stream that {@link #writes}. */
    public Writable writable(String stream) {
        return ask(active(stream).writing().writable(), Writable.class);
    }

    /** Whether records that are created for a stream that {@link #writes} carry an identifier of ours. */
    public boolean identifies(String stream) {
        return active(stream).identifierType().isPresent();
    }

    /** One record as the vendor has it; of a stream that {@link #writes}. */
    public Present read(String stream, String key) {
        return ask(active(stream).writing().read(key), Present.class);
    }

    /** Why a record with these values cannot be created; empty where it can. Makes no call. */
    public Optional<String> uncreatable(String stream, Map<String, @Nullable String> values) {
        return active(stream).writing().uncreatable(values);
    }

    private ActiveStream active(String stream) {
        return streams.find(stream).orElseThrow(() -> new IllegalArgumentException("no stream " + stream));
    }

    /** How far the source's clock is ahead of this machine's, known after the first answer. */
    public Duration skew() {
        return streams.clock(name).skew();
    }

    /** How far back the source goes. */
    public Optional<Duration> reach() {
        return source.reach();
    }

    private <T> T ask(Step<?> conversation, Class<T> type) {
        try {
            return template.to("direct:ask")
                    .withExchangeProperty("source", name)
                    .withBody(conversation)
                    .request(type);
        } catch (CamelExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof ApiException known) {
                throw known;
            }
            throw new ApiException.RetryLater(Failures.words(cause == null ? failed : cause), Optional.empty());
        }
    }
}
