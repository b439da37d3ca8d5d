package io.tidemark.sandbox.rebilly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
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
import java.math.BigDecimal;
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
 * A pretended Rebilly on 127.0.0.1: the API on one port, the host of the signed links on another. It keeps everything in
 * memory but the files of exports, which live in a folder of their own until {@link #close}. Safe for use by several
 * threads.
 */
public final class RebillySandbox implements PretendedSystem {
    private final Switches switches = new Switches(Doubts.ALL);
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();
    private final CustomFields customFields = new CustomFields();
    private final Options options;
    private final Records records;
    private final Path folder;
    private final FileStore fileStore;
    private final DataExports exports;
    private final Customers customers;
    private final LoopbackServer files;
    private final LoopbackServer api;

    /**
     * How a sandbox begins. The first API user is the bridge's own.
     *
     * @param apiPort 0 for any free one, as with the other port
     * @param customers how many customers are invented to begin with; the rest of the data follows from them
     */
    public record Options(
            int apiPort, int filePort, List<ApiUser> users, InstantSource clock, long seed, int customers) {
        public Options {
            users = List.copyOf(users);
            if (users.isEmpty()) {
                throw new IllegalArgumentException("users must not be empty");
            }
        }

        /** Free ports, two API users, the system's clock, 20 customers. */
        public static Options standard() {
            return new Options(0, 0, List.of(ApiUser.BRIDGE, ApiUser.SOMEBODY_ELSE), InstantSource.system(), 17, 20);
        }

        public Options ports(int api, int file) {
            return new Options(api, file, users, clock, seed, customers);
        }

        public Options users(ApiUser... all) {
            return new Options(apiPort, filePort, List.of(all), clock, seed, customers);
        }

        public Options clock(InstantSource source) {
            return new Options(apiPort, filePort, users, source, seed, customers);
        }

        public Options data(long randomSeed, int customerCount) {
            return new Options(apiPort, filePort, users, clock, randomSeed, customerCount);
        }
    }

    private RebillySandbox(Options options) {
        this.options = options;
        this.records = new Records(options.clock, options.users.get(0).organizationId());
        this.folder = temporaryFolder();
        new SampleData(options.seed).fill(records, customFields, options.customers);
        this.fileStore = new FileStore(options.clock, switches, options.users, folder);
        this.files = LoopbackServer.start("files", options.filePort, options.clock, fileStore, faults, log);
        this.exports = new DataExports(options.clock, switches, records, customFields, fileStore, this::addresses);
        this.customers = new Customers(records, customFields, switches, this::baseUrl);
        this.api = startApi();
    }

    public static RebillySandbox start(Options options) {
        return new RebillySandbox(options);
    }

    public static RebillySandbox start() {
        return start(Options.standard());
    }

    /** The base address of the API, without a path. */
    @Override
    public URI baseUrl() {
        return api.address();
    }

    /** The address of the host of the signed links, without a path. */
    public URI fileHost() {
        return files.address();
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

    /** The requests to the host of the signed links that brought credentials along. */
    public List<RecordedRequest> credentialLeaks() {
        return log.requests().stream()
                .filter(request -> request.server().equals("files"))
                .filter(request -> request.headers().has(Authentication.KEY_HEADER)
                        || request.headers().has("Authorization")
                        || request.headers().has("Cookie"))
                .toList();
    }

    /** The next export of this resource completes with exactly these files, several of them as a ZIP. */
    public void prepareExport(String resource, List<Path> parts, long recordCount) {
        exports.prepare(Resource.named(resource), parts, recordCount);
    }

    /** How many exports there are that nobody has deleted. */
    public int exports() {
        return exports.count();
    }

    /** Defines a custom field of customers: array, boolean, date, datetime, integer, number, string or monetary. */
    public void defineCustomField(String name, String type) {
        customFields.define(name, type);
    }

    /**
     * Makes a record as somebody at the screen. Values go by their paths; {@code email}, {@code firstName} and
     * {@code lastName} of a customer go where they belong; a list or an object is written as JSON.
     */
    public String put(String resource, Map<String, String> values) {
        Resource type = Resource.named(resource);
        String id = values.getOrDefault("id", "");
        return save(type, id.isEmpty() ? records.newId(type) : id, values);
    }

    /**
     * Changes values as somebody at the screen; an empty text empties one.
     *
     * @throws IllegalArgumentException when there is no such record
     */
    public void edit(String resource, String id, Map<String, String> changes) {
        Resource type = Resource.named(resource);
        require(type, id);
        save(type, id, changes);
    }

    /** Removes a record as if it had never been, which only a merge does at the vendor. */
    public void remove(String resource, String id) {
        Resource type = Resource.named(resource);
        require(type, id);
        records.remove(type, id);
    }

    /** Merges one customer into another as somebody at the screen: the duplicate is there no more. */
    public void merge(String duplicate, String target) {
        require(Resource.CUSTOMERS, duplicate);
        require(Resource.CUSTOMERS, target);
        customers.merge(duplicate, target);
    }

    /** The present values of a record by path; an empty value is absent, a list is JSON. */
    public Optional<Map<String, String>> record(String resource, String id) {
        return records.find(Resource.named(resource), id).map(Paths::flat);
    }

    /** Every state that a record has had, oldest first, in the form of {@link #record}; of a removed one, too. */
    public List<Map<String, String>> versions(String resource, String id) {
        return records.states(Resource.named(resource), id).stream()
                .map(Paths::flat)
                .toList();
    }

    /** The ids of the records, in order. */
    public List<String> keys(String resource) {
        return records.all(Resource.named(resource)).stream()
                .map(record -> record.path("id").asText())
                .toList();
    }

    /** The ids of the records that were removed, in order. */
    public List<String> removedKeys(String resource) {
        return records.removed(Resource.named(resource));
    }

    @Override
    public void empty() {
        records.clear();
    }

    @Override
    public String system() {
        return "rebilly";
    }

    @Override
    public Map<String, String> options() {
        var options = new LinkedHashMap<String, String>();
        options.put("api-key", user().key());
        options.put("organization-id", user().organizationId());
        return options;
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

    private DataExport.Addresses addresses() {
        return new DataExport.Addresses(baseUrl(), fileHost());
    }

    private LoopbackServer startApi() {
        Authentication who = new Authentication(options.users, new RateLimit(options.clock, switches));
        Routes routes = new Api(who, exports, customers, customFields, fileStore, switches)
                .addTo(new Routes())
                .on("GET", "/sandbox", (request, parts) -> Response.text(200, help()))
                .on("POST", "/sandbox/edits", (request, parts) -> editFromOutside(request))
                .on("GET", "/sandbox/records/{type}", (request, parts) -> show(part(parts, "type")));
        new Control(switches, faults, log).addTo(routes);
        return LoopbackServer.start("api", options.apiPort, options.clock, routes, faults, log);
    }

    private String save(Resource type, String id, Map<String, String> values) {
        records.save(type, id, record -> values.forEach((path, text) -> set(type, record, path, text)));
        return id;
    }

    private static void set(Resource type, ObjectNode record, String path, String text) {
        if (path.equals("id")) {
            return;
        }
        if (type.equals(Resource.CUSTOMERS) && path.equals("email")) {
            ObjectNode mail =
                    Json.object().put("label", "main").put("value", text).put("primary", true);
            Paths.set(
                    record,
                    "primaryAddress/emails",
                    text.isEmpty() ? Json.array() : Json.array().add(mail));
        } else if (type.equals(Resource.CUSTOMERS) && (path.equals("firstName") || path.equals("lastName"))) {
            set(type, record, "primaryAddress/" + path, text);
        } else {
            Paths.set(record, path, value(text, Paths.get(record, path)));
        }
    }

    private static JsonNode value(String text, JsonNode before) {
        if (text.isEmpty()) {
            return NullNode.getInstance();
        }
        if (text.startsWith("[") || text.startsWith("{")) {
            return Json.readObject("{\"value\":" + text + "}")
                    .map(read -> read.path("value"))
                    .orElseThrow(() -> new IllegalArgumentException("not JSON: " + text));
        }
        if (before.isBoolean() || text.equals("true") || text.equals("false")) {
            return Json.object().put("value", Boolean.parseBoolean(text)).path("value");
        }
        return before.isNumber()
                ? Json.object().put("value", new BigDecimal(text)).path("value")
                : TextNode.valueOf(text);
    }

    private void require(Resource type, String id) {
        if (records.find(type, id).isEmpty()) {
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
            String resource = body.path("resource").asText("customers");
            String id = body.path("id").asText("");
            switch (body.path("action").asText("edit")) {
                case "edit" -> edit(resource, id, changes);
                case "put" -> id = put(resource, changes);
                case "remove" -> remove(resource, id);
                case "merge" -> merge(id, body.path("into").asText(""));
                default -> throw new IllegalArgumentException("action must be edit, put, remove or merge");
            }
            return Response.json(200, Json.object().put("id", id));
        } catch (IllegalArgumentException e) {
            throw new RefusedRequest(400, e.getMessage() + "\n");
        }
    }

    private Response show(String resource) {
        if (!Resource.exists(resource)) {
            throw new RefusedRequest(404, "there is no resource " + resource + "\n");
        }
        ArrayNode all = Json.array();
        records.all(Resource.named(resource)).forEach(all::add);
        return Response.json(200, all);
    }

    private String help() {
        return """
                A pretended Rebilly. Nothing here is real, and nothing leaves this machine.

                API              %s
                api-key          %s
                organization-id  %s

                GET    /sandbox/switches            every switch with its position and valid values
                PUT    /sandbox/switches            {"bounds": "start-included"}
                POST   /sandbox/faults              {"requests": "GET /customers/*", "kind": "status", "status": 409}
                DELETE /sandbox/faults              takes back the faults still waiting
                GET    /sandbox/requests            what came in
                POST   /sandbox/edits               {"resource": "customers", "id": "cus_sandbox000001",
                                                     "changes": {"primaryAddress/city": "X"}}
                                                    with "action": edit, put, remove or merge (and "into")
                GET    /sandbox/records/customers   what there is
                """.formatted(baseUrl(), user().key(), user().organizationId());
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
