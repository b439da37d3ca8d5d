package io.tidemark.command;

import io.tidemark.sandbox.PretendedSystem;
import io.tidemark.sandbox.Sandbox;
import io.tidemark.sandbox.accountengagement.AccountEngagementSandbox;
import io.tidemark.sandbox.mpdx.MpdxSandbox;
import io.tidemark.sandbox.rebilly.RebillySandbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A system that the demo runs beside EveryAction: one stream, and of its records one text that both sides edit.
 *
 * @param vendor its name for people
 * @param stream the name of stream, source and table
 * @param column of the text; the key's is {@code id}
 * @param keys of the records there
 * @param edit somebody there changes a record's text
 * @param text what a record's text is there
 */
record DemoNeighbour(
        String vendor,
        PretendedSystem sandbox,
        String stream,
        String resource,
        String column,
        Supplier<List<String>> keys,
        BiConsumer<String, String> edit,
        Function<String, Optional<String>> text)
        implements AutoCloseable {

    static List<DemoNeighbour> startAll() {
        return List.of(accountEngagement(), mpdx(), rebilly());
    }

    private static DemoNeighbour accountEngagement() {
        AccountEngagementSandbox sandbox = AccountEngagementSandbox.start();
        String object = "prospect";
        return new DemoNeighbour(
                "Account Engagement",
                sandbox,
                "prospects",
                object,
                "first_name",
                () -> sandbox.keys(object, false).stream().map(String::valueOf).toList(),
                (key, value) -> sandbox.edit(object, Long.parseLong(key), Map.of("firstName", value)),
                key -> sandbox.record(object, Long.parseLong(key)).map(values -> values.get("firstName")));
    }

    private static DemoNeighbour mpdx() {
        MpdxSandbox sandbox = MpdxSandbox.start();
        String type = "contacts";
        return new DemoNeighbour(
                "MPDX",
                sandbox,
                "supporters",
                type,
                "name",
                () -> sandbox.keys(type),
                (key, value) -> sandbox.edit(type, key, Map.of("name", value)),
                key -> sandbox.record(type, key).map(values -> values.get("name")));
    }

    private static DemoNeighbour rebilly() {
        RebillySandbox sandbox = RebillySandbox.start();
        String resource = "customers";
        String field = "primaryAddress/firstName";
        return new DemoNeighbour(
                "Rebilly",
                sandbox,
                "customers",
                resource,
                "primary_address_first_name",
                () -> sandbox.keys(resource),
                (key, value) -> sandbox.edit(resource, key, Map.of(field, value)),
                key -> sandbox.record(resource, key).map(values -> values.get(field)));
    }

    /** The lines of configuration for its source and its stream. */
    String configuration() {
        return Sandbox.configuration(sandbox, stream) + """
                tidemark.sources.%1$s.window-lag=PT0S

                tidemark.streams.%1$s.source=%1$s
                tidemark.streams.%1$s.resource=%2$s
                tidemark.streams.%1$s.direction=both
                tidemark.streams.%1$s.conflict=source-wins
                tidemark.streams.%1$s.start-from=P360D
                tidemark.streams.%1$s.schedule=0/3 * * * * ?
                tidemark.streams.%1$s.outbound-schedule=0/2 * * * * ?
                tidemark.streams.%1$s.poll-first=PT0.5S
                tidemark.streams.%1$s.brake=off
                """.formatted(stream, resource);
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
