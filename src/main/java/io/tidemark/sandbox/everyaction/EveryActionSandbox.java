package io.tidemark.sandbox.everyaction;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Control;
import io.tidemark.sandbox.Faults;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.LoopbackServer;
import io.tidemark.sandbox.PretendedSystem;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.RefusedRequest;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.RequestLog;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Routes;
import io.tidemark.sandbox.Switches;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pretended EveryAction on 127.0.0.1: the API on one port, the files on another. It keeps everything in memory but the
 * files of exports, which live in a folder of their own until {@link #close}. Safe for use by several threads.
 */
public final class EveryActionSandbox implements PretendedSystem {
    private final Switches switches = new Switches(Doubts.ALL);
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();
    private final Options options;
    private final Records records;
    private final ExportJobs jobs;
    private final Path folder;
    private final LoopbackServer files;
    private final LoopbackServer api;

    /**
     * How a sandbox begins. The first API user is the bridge's own.
     *
     * @param apiPort 0 for any free one, as with the other port
     * @param contacts how many contacts are invented to begin with; the rest of the data follows from them
     */
    public record Options(
            int apiPort,
            int filePort,
            List<ApiUser> users,
            InstantSource clock,
            long seed,
            int contacts,
            String fileSignature) {
        public Options {
            users = List.copyOf(users);
            if (users.isEmpty()) {
                throw new IllegalArgumentException("users must not be empty");
            }
        }

        /** Free ports, two API users, the system's clock, 20 contacts. */
        public static Options standard() {
            return new Options(
                    0,
                    0,
                    List.of(ApiUser.BRIDGE, ApiUser.SOMEBODY_ELSE),
                    InstantSource.system(),
                    17,
                    20,
                    "only-a-sandbox");
        }

        public Options ports(int api, int file) {
            return new Options(api, file, users, clock, seed, contacts, fileSignature);
        }

        public Options users(ApiUser... all) {
            return new Options(apiPort, filePort, List.of(all), clock, seed, contacts, fileSignature);
        }

        public Options clock(InstantSource source) {
            return new Options(apiPort, filePort, users, source, seed, contacts, fileSignature);
        }

        public Options data(long randomSeed, int contactCount) {
            return new Options(apiPort, filePort, users, clock, randomSeed, contactCount, fileSignature);
        }

        public Options fileSignature(String secret) {
            return new Options(apiPort, filePort, users, clock, seed, contacts, secret);
        }
    }

    private EveryActionSandbox(Options options) {
        this.options = options;
        this.records = new Records(options.clock);
        this.folder = temporaryFolder();
        new SampleData(options.seed).fill(records, options.contacts);
        FileHost fileHost = new FileHost(options.clock, switches, options.fileSignature);
        this.files = LoopbackServer.start("files", options.filePort, options.clock, fileHost, faults, log);
        this.jobs = new ExportJobs(options.clock, switches, records, fileHost, files::address, folder);
        this.api = startApi();
    }

    public static EveryActionSandbox start(Options options) {
        return new EveryActionSandbox(options);
    }

    public static EveryActionSandbox start() {
        return start(Options.standard());
    }

    /** The base address of the API, ending in {@code /v4}. */
    @Override
    public URI baseUrl() {
        return URI.create(api.address() + "/v4");
    }

    /** The address of the host of the files, without a path. */
    public URI fileHost() {
        return files.address();
    }

    @Override
    public String system() {
        return "everyaction";
    }

    @Override
    public Map<String, String> options() {
        var options = new LinkedHashMap<String, String>();
        options.put("application-name", user().applicationName());
        options.put("api-key", user().key());
        options.put("database-mode", String.valueOf(user().mode()));
        return options;
    }

    /** The address of the remote control. */
    @Override
    public URI controlUrl() {
        return URI.create(api.address() + "/sandbox");
    }

    /** The bridge's own user. */
    public ApiUser user() {
        return options.users.get(0);
    }

    public List<ApiUser> users() {
        return options.users;
    }

    @Override
    public Switches switches() {
        return switches;
    }

    @Override
    public Faults faults() {
        return faults;
    }

    @Override
    public RequestLog log() {
        return log;
    }

    /** The requests to the host of the files that brought credentials along; each was refused. */
    public List<RecordedRequest> credentialLeaks() {
        return log.requests().stream()
                .filter(request -> request.server().equals("files"))
                .filter(request -> request.headers().has("Authorization")
                        || request.headers().has("Cookie"))
                .toList();
    }

    /** The next job of this resource type completes with exactly these files, streamed from where they are. */
    public void prepareExport(String resource, List<Path> csvFiles, long recordCount) {
        jobs.prepare(Catalogue.named(resource), new ExportFiles(csvFiles, recordCount));
    }

    /** Makes a record as somebody at the screen, or replaces one's values where the row names its key. */
    public long put(String resource, Map<String, String> row) {
        return records.add(Catalogue.named(resource), row, Author.HUMAN);
    }

    public long put(String resource, Map<String, String> row, ApiUser as) {
        return records.add(Catalogue.named(resource), row, as.author());
    }

    /**
     * Changes columns as somebody at the screen; an empty text empties a column.
     *
     * @throws IllegalArgumentException when there is no such record
     */
    public void edit(String resource, long id, Map<String, String> changes) {
        edit(Catalogue.named(resource), id, changes, Author.HUMAN);
    }

    public void edit(String resource, long id, Map<String, String> changes, ApiUser as) {
        edit(Catalogue.named(resource), id, changes, as.author());
    }

    /** Takes a contact out of use as somebody at the screen. */
    public void suppress(long vanId) {
        retire(Catalogue.CONTACTS, vanId, Author.HUMAN);
    }

    public void suppress(long vanId, ApiUser as) {
        retire(Catalogue.CONTACTS, vanId, as.author());
    }

    /** Takes a record of any type out of use as somebody at the screen. */
    public void remove(String resource, long id) {
        retire(Catalogue.named(resource), id, Author.HUMAN);
    }

    /** Merges one contact into another as somebody at the screen: the source goes out of use. */
    public void merge(long sourceVanId, long targetVanId) {
        merge(sourceVanId, targetVanId, Author.HUMAN);
    }

    public void merge(long sourceVanId, long targetVanId, ApiUser as) {
        merge(sourceVanId, targetVanId, as.author());
    }

    /** The present values of a record, active or not, by column; an empty column is absent. */
    public Optional<Map<String, String>> record(String resource, long id) {
        return records.find(Catalogue.named(resource), id).map(Version::values);
    }

    /** Every state that a record has had, oldest first, in the form of {@link #record}; none for a record there is not. */
    public List<Map<String, String>> versions(String resource, long id) {
        return records.history(Catalogue.named(resource), id).stream()
                .map(Version::values)
                .toList();
    }

    @Override
    public void empty() {
        records.clear();
    }

    /** The record is out of everybody's sight as if it had never been: no export shows what became of it. */
    public void forget(String resource, long id) {
        records.forget(Catalogue.named(resource), id);
    }

    /** The keys of the records, in order. */
    public List<Long> keys(String resource, boolean withInactive) {
        return records.all(Catalogue.named(resource)).stream()
                .filter(version -> withInactive || version.active())
                .map(Version::id)
                .toList();
    }

    /** Ends every connection and removes the files of exports. Closing again does nothing. */
    @Override
    public void close() {
        api.close();
        files.close();
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.list(folder)) {
            all.map(Path::toFile).forEach(File::delete);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot clear its folder", e);
        }
    }

    private LoopbackServer startApi() {
        People people = new People(records, switches);
        Api pretended = new Api(
                new Authentication(options.users),
                new Metadata(switches),
                jobs,
                people,
                new Canvassing(records, people, options.clock),
                new Giving(records, people, options.clock));
        Routes routes = pretended
                .addTo(new Routes())
                .on("GET", "/sandbox", (request, parts) -> Response.text(200, help()))
                .on("POST", "/sandbox/edits", (request, parts) -> editFromOutside(request))
                .on("GET", "/sandbox/records/{type}", (request, parts) -> show(part(parts, "type")));
        new Control(switches, faults, log).addTo(routes);
        return LoopbackServer.start("api", options.apiPort, options.clock, routes, faults, log);
    }

    private void edit(ResourceType type, long id, Map<String, String> changes, Author author) {
        found(type, id, records.change(type, id, changes, author));
    }

    private void retire(ResourceType type, long id, Author author) {
        found(type, id, records.retire(type, id, author, ResourceType.REMOVED));
    }

    private void merge(long source, long target, Author author) {
        Merge merge = new Merge(records, source, target);
        if (!merge.isPossible()) {
            throw new IllegalArgumentException("Contacts " + source + " and " + target + " cannot be merged");
        }
        merge.run(author);
    }

    private static void found(ResourceType type, long id, boolean found) {
        if (!found) {
            throw new IllegalArgumentException(type.name() + " has no record " + id);
        }
    }

    private Response editFromOutside(Request request) {
        ObjectNode body = Control.body(request);
        Map<String, String> changes = new LinkedHashMap<>();
        body.path("changes")
                .properties()
                .forEach(entry -> changes.put(entry.getKey(), entry.getValue().asText("")));
        try {
            ResourceType type = Catalogue.named(body.path("resource").asText("Contacts"));
            long id = body.path("id").asLong();
            Author author = author(body.path("as").asText("human"));
            switch (body.path("action").asText("edit")) {
                case "edit" -> edit(type, id, changes, author);
                case "put" -> id = records.add(type, changes, author);
                case "remove" -> retire(type, id, author);
                case "merge" -> merge(id, body.path("into").asLong(), author);
                default -> throw new IllegalArgumentException("action must be edit, put, remove or merge");
            }
            return Response.json(200, Json.object().put("id", id));
        } catch (IllegalArgumentException e) {
            throw new RefusedRequest(400, e.getMessage() + "\n");
        }
    }

    private Author author(String name) {
        if (name.equals("human")) {
            return Author.HUMAN;
        }
        return options.users.stream()
                .filter(user -> user.applicationName().equals(name))
                .findFirst()
                .map(ApiUser::author)
                .orElseThrow(() -> new IllegalArgumentException("as must be human or an application name"));
    }

    private Response show(String resource) {
        ResourceType type = Catalogue.find(resource)
                .orElseThrow(() -> new RefusedRequest(404, "there is no resource type " + resource + "\n"));
        ArrayNode all = Json.array();
        for (Version version : records.all(type)) {
            ObjectNode one = all.addObject()
                    .put("id", version.id())
                    .put("active", version.active())
                    .put("changedAt", version.at().toString());
            ObjectNode values = one.putObject("values");
            version.values().forEach(values::put);
        }
        return Response.json(200, all);
    }

    private String help() {
        return """
                A pretended EveryAction. Nothing here is real, and nothing leaves this machine.

                API        %s
                application name  %s
                key        %s
                mode       %d

                GET    /sandbox/switches            every switch with its position and valid values
                PUT    /sandbox/switches            {"bounds": "both-included"}
                POST   /sandbox/faults              {"requests": "GET /v4/*", "kind": "status", "status": 429}
                DELETE /sandbox/faults              takes back the faults still waiting
                GET    /sandbox/requests            what came in
                POST   /sandbox/edits               {"resource": "Contacts", "id": 900000001, "changes": {"City": "X"}}
                                                    with "action": edit, put, remove or merge (and "into")
                GET    /sandbox/records/Contacts    what there is
                """.formatted(baseUrl(), user().applicationName(), user().key(), user().mode());
    }

    private static String part(Map<String, String> parts, String name) {
        return Objects.requireNonNull(parts.get(name), name);
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("tidemark-sandbox");
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot make its folder", e);
        }
    }
}
