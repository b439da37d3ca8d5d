package io.tidemark.settings;

import io.tidemark.system.Option;
import io.tidemark.system.Option.Kind;
import io.tidemark.system.Source;
import io.tidemark.system.SystemType;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Systems with options of every kind; they open nothing. */
record FakeSystem(String name, List<Option> sourceOptions, List<Option> exportOptions, Set<String> resources)
        implements SystemType {

    static final Map<String, SystemType> ALL = Map.of("everyaction", everyAction(), "mpdx", mpdx());

    private static FakeSystem everyAction() {
        return new FakeSystem(
                "everyaction",
                List.of(
                        Option.requiredText("application-name", "the name beside the key"),
                        Option.requiredSecret("api-key", "the key"),
                        Option.choice("database-mode", "1", List.of("0", "1"), "which database")),
                List.of(
                        Option.of("file-size-kb-limit", new Kind.Whole(1000, 100_000), "the size of a file"),
                        Option.of("include-inactive", new Kind.Bool(), "deleted records too"),
                        Option.of("requested-fields", new Kind.TextList(), "fields besides the core ones"),
                        Option.of("requested-ids", new Kind.WholeList(1, Integer.MAX_VALUE), "records by key"),
                        Option.of("date-changed-from", new Kind.Time(), "the window's start")),
                Set.of("Contacts", "Contributions", "ActivistCodes"));
    }

    private static FakeSystem mpdx() {
        var option =
                new Option("language", new Kind.Text(), false, false, Optional.of("en-US"), List.of(), "of messages");
        return new FakeSystem(
                "mpdx",
                List.of(Option.requiredSecret("token", "the token"), option),
                List.of(Option.of("filter", new Kind.Text(), "which contacts")),
                Set.of("contacts", "people"));
    }

    @Override
    public URI baseUrl() {
        return URI.create("https://api." + name + ".example/v4");
    }

    @Override
    public ZoneId zone(Map<String, String> options) {
        return name.equals("everyaction") ? ZoneId.of("America/New_York") : SystemType.super.zone(options);
    }

    @Override
    public int mostConcurrentRequests() {
        return name.equals("mpdx") ? 5 : SystemType.super.mostConcurrentRequests();
    }

    @Override
    public Set<String> writable() {
        return Set.of("Contacts", "Contributions", "contacts", "people");
    }

    @Override
    public List<String> keyOf(String resource) {
        return List.of();
    }

    @Override
    public Source open(Map<String, String> options) {
        throw new UnsupportedOperationException("configuration only");
    }
}
