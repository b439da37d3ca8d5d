package io.tidemark.route;

import io.tidemark.settings.Settings;
import io.tidemark.settings.SourceSettings;
import io.tidemark.settings.StreamSettings;
import io.tidemark.settings.StreamSettings.Direction;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.spi.RouteTemplateParameterSource;

/** The routes that the configuration asks for, as instances of the templates: some for each source, some for each stream. */
final class TemplateInstances implements RouteTemplateParameterSource {
    private final boolean outbound;
    private final Map<String, Map<String, Object>> routes = new LinkedHashMap<>();

    /**
     * The instances of a configuration.
     *
     * @param grants where tokens are granted, by the names of the sources that need them
     * @param scheduled whether streams follow their schedules
     */
    TemplateInstances(Settings settings, Map<String, URI> grants, boolean scheduled) {
        this.outbound = settings.outbound();
        settings.sources().values().forEach(this::addSource);
        grants.forEach(this::addTokens);
        if (scheduled) {
            settings.streams()
                    .forEach(stream -> addSchedule(stream, settings.timeZone().getId()));
        }
    }

    private void addSource(SourceSettings source) {
        String name = source.name();
        Map<String, Object> calls = template("calls");
        calls.put("source", name);
        calls.put("base-url", source.baseUrl().toString());
        calls.putAll(Pace.of(source.requestsPerSecond()).parameters());
        routes.put("call-" + name, calls);

        for (String way : List.of("download", "fetch")) {
            Map<String, Object> downloads = template("downloads");
            downloads.put("source", name);
            downloads.put("base-url", source.baseUrl().toString());
            downloads.put("way", way);
            routes.put(way + "-" + name, downloads);
        }

        Map<String, Object> workers = template("workers");
        workers.put("source", name);
        workers.put("at-once", source.maxConcurrentRequests());
        routes.put("work-" + name, workers);

        Map<String, Object> offers = template("offers");
        offers.put("source", name);
        routes.put("offer-" + name, offers);
    }

    private void addTokens(String source, URI address) {
        Map<String, Object> tokens = template("tokens");
        tokens.put("source", source);
        tokens.put("address", address.toString());
        routes.put("token-" + source, tokens);
    }

    private void addSchedule(StreamSettings stream, String zone) {
        routes.put("schedule-" + stream.name(), schedule(stream, "due", stream.schedule(), zone));
        if (outbound && stream.direction() != Direction.INBOUND) {
            routes.put(
                    "outbound-schedule-" + stream.name(),
                    schedule(stream, "outboundDue", stream.outboundSchedule(), zone));
        }
        stream.reconcileSchedule()
                .ifPresent(cron ->
                        routes.put("reconcile-schedule-" + stream.name(), schedule(stream, "reconcile", cron, zone)));
    }

    /** At the times of a cron expression, a wish is stored. */
    private static Map<String, Object> schedule(StreamSettings stream, String wish, String cron, String zone) {
        Map<String, Object> schedule = template("schedule");
        schedule.put("stream", stream.name());
        schedule.put("wish", wish);
        schedule.put("cron", cron.replace(' ', '+'));
        schedule.put("zone", zone);
        return schedule;
    }

    private static Map<String, Object> template(String id) {
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put(TEMPLATE_ID, id);
        return parameters;
    }

    @Override
    public Set<String> routeIds() {
        return routes.keySet();
    }

    @Override
    public Map<String, Object> parameters(String routeId) {
        return Map.copyOf(routes.getOrDefault(routeId, Map.of()));
    }

    /** A rate as a throttle takes it: a whole number of calls in a period of whole milliseconds. */
    private record Pace(long calls, long millis) {
        static Pace of(double perSecond) {
            return perSecond >= 1 ? new Pace(Math.round(perSecond), 1000) : new Pace(1, Math.round(1000 / perSecond));
        }

        Map<String, Object> parameters() {
            return Map.of("per-period", calls, "period", millis);
        }
    }
}
