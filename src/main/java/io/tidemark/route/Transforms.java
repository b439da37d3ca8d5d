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
        return stream.settings()
                .transform()
                .map(name -> "direct:" + name)
                .map(this::through)
                .orElse(null);
    }

    @SuppressWarnings("unchecked")
    private Loader.Transform through(String route) {
        FluentProducerTemplate template = context.createFluentProducerTemplate().withDefaultEndpoint(route);
        return rows -> {
            try {
                List<Map<String, @Nullable Object>> changed =
                        template.withBody(rows).request(List.class);
                return changed;
            } catch (CamelExecutionException failed) {
                throw new IllegalStateException(
                        "the transform " + route + " failed: "
                                + Failures.words(failed.getCause() == null ? failed : failed.getCause()),
                        failed);
            }
        };
    }
}
