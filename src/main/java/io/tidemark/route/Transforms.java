package io.tidemark.route;

import io.tidemark.settings.Problem;
import io.tidemark.sql.Loader;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.model.Model;
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
            try {
                List<Map<String, @Nullable Object>> changed =
                        template.withBody(rows).request(List.class);
                return changed;
            } catch (CamelExecutionException failed) {
                throw new IllegalStateException(Failures.words(failed), failed);
            }
        };
    }

    /** A problem for each stream whose transform is no route, once the routes have been read. */
    List<Problem> missing(Collection<ActiveStream> streams) {
        return streams.stream()
                .map(ActiveStream::settings)
                .flatMap(stream -> stream.transform().stream()
                        .filter(name -> !exists(name))
                        .map(name -> missing("tidemark.streams." + stream.name() + ".transform", name)))
                .toList();
    }

    private static Problem missing(String key, String name) {
        return new Problem(
                key, key + " is direct:" + name + ", and there is no such route; write it in a file of routes/local/");
    }

    /** Camel itself waits half a minute for a route that is not there. */
    private boolean exists(String name) {
        return context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions().stream()
                .filter(route -> !route.isCreatedFromTemplate())
                .map(route -> route.getInput().getEndpointUri())
                .map(context::resolvePropertyPlaceholders)
                .anyMatch(from -> from.replaceFirst("^direct:(//)?", "direct:").equals("direct:" + name));
    }
}
