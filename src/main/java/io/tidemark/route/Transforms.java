package io.tidemark.route;

import io.tidemark.sql.Loader;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.FluentProducerTemplate;
import org.jspecify.annotations.Nullable;

/** Hands rows to a user's own route before they are staged. */
final class Transforms {
    private final CamelContext context;

    Transforms(CamelContext context) {
        this.context = context;
    }

    /** The stream's transform, null where it has none. */
    Loader.@Nullable Transform of(ActiveStream stream) {
        return stream.settings().transform().map(this::through).orElse(null);
    }

    @SuppressWarnings("unchecked")
    private Loader.Transform through(String name) {
        FluentProducerTemplate template = context.createFluentProducerTemplate().withDefaultEndpoint("direct:" + name);
        return rows -> {
            if (!exists("direct://" + name)) {
                throw new IllegalStateException("there is no such route; write it in a file of routes/local/");
            }
            try {
                List<Map<String, @Nullable Object>> changed =
                        template.withBody(rows).request(List.class);
                return changed;
            } catch (CamelExecutionException failed) {
                throw new IllegalStateException(Failures.words(failed), failed);
            }
        };
    }

    /** Camel itself waits half a minute for a route that is not there. */
    private boolean exists(String start) {
        return context.getRoutes().stream()
                .anyMatch(route -> route.getEndpoint().getEndpointUri().equals(start));
    }
}
