package io.tidemark.benchmark;

import io.tidemark.sandbox.everyaction.EveryActionSandbox;

/** A configuration of many streams of one source. */
final class Configuration {
    private Configuration() {}

    static String of(EveryActionSandbox sandbox, String url, int streams) {
        var text = new StringBuilder("""
                tidemark.database.url=%s
                camel.management.enabled=true
                camel.management.port=0
                camel.management.health-check-enabled=true
                camel.management.metrics-enabled=true
                tidemark.sources.crm.system=everyaction
                tidemark.sources.crm.base-url=%s
                tidemark.sources.crm.application-name=%s
                tidemark.sources.crm.api-key=%s
                tidemark.sources.crm.requests-per-second=1000
                """.formatted(
                        url,
                        sandbox.baseUrl(),
                        sandbox.user().applicationName(),
                        sandbox.user().key()));
        for (int i = 1; i <= streams; i++) {
            text.append("tidemark.streams.s%d.source=crm%n".formatted(i));
            text.append("tidemark.streams.s%d.resource=Contacts%n".formatted(i));
            text.append("tidemark.streams.s%d.poll-first=PT0.2S%n".formatted(i));
            text.append("tidemark.streams.s%d.schedule=0 0 4 1 1 ?%n".formatted(i));
        }
        return text.toString();
    }
}
