package io.tidemark.route;

import io.tidemark.sql.CycleEnd.Counts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the user's own route {@code direct:tidemark-events}, if there is one, what happened. On another thread, after the
 * commit; what goes wrong there is logged and touches nothing here. Never holds row contents.
 */
final class Events implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final String ROUTE = "direct:tidemark-events";

    private final ProducerTemplate template;
    private final CamelContext context;
    private final ExecutorService thread;

    Events(CamelContext context) {
        this.context = context;
        this.template = context.createProducerTemplate();
        this.thread = context.getExecutorServiceManager().newSingleThreadExecutor(this, "events");
    }

    @Override
    public void committed(String stream, Counts counts, long jobMillis, long loadMillis) {
        var details = new LinkedHashMap<String, Object>();
        details.put("rowsRead", counts.read());
        details.put("rowsInserted", counts.inserted());
        details.put("rowsUpdated", counts.updated());
        details.put("rowsUnchanged", counts.unchanged());
        details.put("rowsDeleted", counts.deleted());
        details.put("rowsRejected", counts.rejected());
        details.put("loadMillis", loadMillis);
        tell("committed", stream, details);
    }

    @Override
    public void failed(String stream, String reason) {
        tell("failed", stream, Map.of("reason", reason));
    }

    @Override
    public void stopped(String stream, String reason) {
        tell("stopped", stream, Map.of("reason", reason));
    }

    @Override
    public void braked(String stream, String reason) {
        tell("braked", stream, Map.of("reason", reason));
    }

    private void tell(String event, String stream, Map<String, Object> details) {
        if (context.hasEndpoint(ROUTE) == null) {
            return;
        }
        var message = new LinkedHashMap<String, Object>();
        message.put("event", event);
        message.put("stream", stream);
        message.putAll(details);
        thread.execute(() -> send(stream, event, message));
    }

    private void send(String stream, String event, Map<String, Object> message) {
        try {
            template.requestBody(ROUTE, message);
        } catch (CamelExecutionException failed) {
            LOG.warn("{}: {} failed on the event {}: {}", stream, ROUTE, event, Failures.words(failed));
        }
    }
}
