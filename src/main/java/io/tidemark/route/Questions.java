package io.tidemark.route;

import io.tidemark.system.Account;
import io.tidemark.system.ApiException;
import io.tidemark.system.ResourceDescription;
import io.tidemark.system.Shape;
import io.tidemark.system.Source;
import io.tidemark.system.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.FluentProducerTemplate;

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
        ActiveStream active =
                streams.find(stream).orElseThrow(() -> new IllegalArgumentException("no stream " + stream));
        return ask(active.export().shape(), Shape.class);
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
