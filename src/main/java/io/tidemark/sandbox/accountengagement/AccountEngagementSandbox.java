package io.tidemark.sandbox.accountengagement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Control;
import io.tidemark.sandbox.Faults;
import io.tidemark.sandbox.Handler;
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
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A pretended Account Engagement on 127.0.0.1: the API, the login host and another host for files, each on a port of its
 * own. It keeps everything in memory. Safe for use by several threads.
 */
public final class AccountEngagementSandbox implements PretendedSystem {
    /** The business unit that the pretended system is. */
    public static final String BUSINESS_UNIT = "0Uv000000SandboxCA";

    private final Switches switches = new Switches(Doubts.ALL);
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();
    private final Map<Long, ZoneId> zones = new ConcurrentHashMap<>();
    private final Options options;
    private final Records records;
    private final Usage usage;
    private final SigningKey key;
    private final Tokens tokens;
    private final Exports exports;
    private final LoopbackServer login;
    private final LoopbackServer files;
    private final LoopbackServer api;

    /**
     * How a sandbox begins. The first API user is the bridge's own.
     *
     * @param apiPort 0 for any free one, as with the other ports
     * @param accountZone the zone whose midnight begins a new day of calls
     * @param prospects how many prospects are invented to begin with; the rest of the data follows from them
     */
    public record Options(
            int apiPort,
            int loginPort,
            int filePort,
            List<ApiUser> users,
            InstantSource clock,
            ZoneId accountZone,
            List<CustomField> customFields,
            long seed,
            int prospects) {
        public Options {
            users = List.copyOf(users);
            customFields = List.copyOf(customFields);
            if (users.isEmpty()) {
                throw new IllegalArgumentException("users must not be empty");
            }
        }

        /** Free ports, the bridge and an administrator, the system's clock, 20 prospects. */
        public static Options standard() {
            return new Options(
                    0,
                    0,
                    0,
                    List.of(ApiUser.BRIDGE, ApiUser.ADMINISTRATOR),
                    InstantSource.system(),
                    ZoneId.of("America/Los_Angeles"),
                    SampleData.CUSTOM,
                    17,
                    20);
        }

        public Options ports(int ofApi, int ofLogin, int ofFiles) {
            return new Options(ofApi, ofLogin, ofFiles, users, clock, accountZone, customFields, seed, prospects);
        }

        public Options users(ApiUser... all) {
            return new Options(
                    apiPort, loginPort, filePort, List.of(all), clock, accountZone, customFields, seed, prospects);
        }

        public Options clock(InstantSource source) {
            return new Options(apiPort, loginPort, filePort, users, source, accountZone, customFields, seed, prospects);
        }

        public Options data(long randomSeed, int count) {
            return new Options(
                    apiPort, loginPort, filePort, users, clock, accountZone, customFields, randomSeed, count);
        }
    }

    private AccountEngagementSandbox(Options options) {
        this.options = options;
        this.records = new Records(options.clock);
        new SampleData(options.seed, options.clock.instant()).fill(records, options.prospects);
        this.usage = new Usage(switches, options.accountZone);
        this.key = SigningKey.make();
        this.tokens = new Tokens(options.clock, switches, options.users, key);
        this.exports = new Exports(switches, records, this::customFields, this::downloadHost);
        Api pretended = pretended();
        this.login = start("login", options.loginPort, tokens);
        this.files = start("files", options.filePort, pretended.downloads(new Routes()));
        this.api = start("api", options.apiPort, apiRoutes(pretended));
    }

    public static AccountEngagementSandbox start(Options options) {
        return new AccountEngagementSandbox(options);
    }

    public static AccountEngagementSandbox start() {
        return start(Options.standard());
    }

    @Override
    public String system() {
        return "account-engagement";
    }

    /** The base address of the API, without a path. */
    @Override
    public URI baseUrl() {
        return api.address();
    }

    /** The address that gives out tokens. */
    public URI tokenUrl() {
        return URI.create(login.address() + Tokens.PATH);
    }

    /** The address of the other host of files, without a path. */
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

    public List<ApiUser> users() {
        return options.users;
    }

    /** The private key that every user may sign assertions with, as PEM text. */
    public String privateKey() {
        return key.pem();
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

    @Override
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("token-url", tokenUrl().toString());
        options.put("client-id", user().clientId());
        options.put("client-secret", user().clientSecret());
        options.put("business-unit-id", BUSINESS_UNIT);
        options.put("time-zone", user().zone().getId());
        return options;
    }

    /** What a person has to put into the configuration, and what else there is, in plain words. */
    public String description() {
        StringBuilder text =
                new StringBuilder("A pretended Account Engagement. Nothing here is real, and nothing leaves this"
                        + " machine. Put this into the configuration:\n\n  base-url=" + baseUrl() + "\n");
        options()
                .forEach((key, value) ->
                        text.append("  ").append(key).append('=').append(value).append('\n'));
        return text.append("""

                GET    /sandbox/switches            every switch with its position and valid values
                PUT    /sandbox/switches            {"envelope": "flat"}
                POST   /sandbox/faults              {"requests": "GET /api/*", "kind": "status", "status": 503}
                DELETE /sandbox/faults              takes back the faults still waiting
                GET    /sandbox/requests            what came in
                POST   /sandbox/edits               {"object": "prospect", "id": 9001, "changes": {"city": "X"}}
                                                    with "action": edit, put, remove, restore or purge
                GET    /sandbox/records/prospect    what there is
                """).toString();
    }

    /** The requests to the login host that brought the token or the unit along, which are no business of its. */
    public List<RecordedRequest> credentialLeaks() {
        return log.requests().stream()
                .filter(request -> request.server().equals("login"))
                .filter(request -> request.headers().has("Authorization")
                        || request.headers().has("Pardot-Business-Unit-Id"))
                .toList();
    }

    /** Every token that was given out is good no more. */
    public void revokeTokens() {
        tokens.revokeAll();
    }

    /** Gives a user another zone, as somebody in the user's settings. */
    public void move(ApiUser user, ZoneId zone) {
        zones.put(user.id(), zone);
    }

    /** The next export of this object completes with exactly these files, streamed from where they are. */
    public void prepareExport(String object, List<Path> csvFiles) {
        exports.prepare(Catalogue.named(object), csvFiles);
    }

    /** Makes a record as somebody at the screen; names are those of version 5. */
    public long put(String object, Map<String, String> row) {
        return records.add(Catalogue.named(object), row, Records.SOMEBODY);
    }

    public long put(String object, Map<String, String> row, ApiUser as) {
        return records.add(Catalogue.named(object), row, as.id());
    }

    /**
     * Changes fields as somebody at the screen; an empty text empties a field.
     *
     * @throws IllegalArgumentException when there is no such record
     */
    public void edit(String object, long id, Map<String, String> changes) {
        found(object, id, records.change(Catalogue.named(object), id, changes, Records.SOMEBODY));
    }

    public void edit(String object, long id, Map<String, String> changes, ApiUser as) {
        found(object, id, records.change(Catalogue.named(object), id, changes, as.id()));
    }

    /** Puts a record into the recycle bin as somebody at the screen. */
    public void remove(String object, long id) {
        found(object, id, records.bin(Catalogue.named(object), id, true, Records.SOMEBODY));
    }

    /** Takes a record out of the recycle bin as somebody at the screen. */
    public void restore(String object, long id) {
        found(object, id, records.bin(Catalogue.named(object), id, false, Records.SOMEBODY));
    }

    /** Deletes a record for good as somebody at the screen: no export shows it any more. */
    public void purge(String object, long id) {
        found(object, id, records.purge(Catalogue.named(object), id));
    }

    /** The present values of a record, deleted or not, by the names of version 5; an empty field is absent. */
    public Optional<Map<String, String>> record(String object, long id) {
        ObjectTypeAndVersion found = new ObjectTypeAndVersion(Catalogue.named(object));
        return records.find(found.type, id).map(found::values);
    }

    /** Every state that a record has had, oldest first, in the form of {@link #record}; none for a record there is not. */
    public List<Map<String, String>> versions(String object, long id) {
        ObjectTypeAndVersion found = new ObjectTypeAndVersion(Catalogue.named(object));
        return records.history(found.type, id).stream().map(found::values).toList();
    }

    /** The keys of the records, in order. */
    public List<Long> keys(String object, boolean withDeleted) {
        return records.all(Catalogue.named(object)).stream()
                .filter(version -> withDeleted || !version.deleted())
                .map(Version::id)
                .toList();
    }

    @Override
    public void empty() {
        records.clear();
    }

    /** Ends every connection. Closing again does nothing. */
    @Override
    public void close() {
        api.close();
        files.close();
        login.close();
    }

    private record ObjectTypeAndVersion(ObjectType type) {
        Map<String, String> values(Version version) {
            Map<String, String> values = new LinkedHashMap<>(version.values());
            type.fields().forEach(field -> values.put(field.name(), version.value(field.name())));
            values.values().removeIf(String::isEmpty);
            return values;
        }
    }

    private Api pretended() {
        Gate gate = new Gate(
                switches,
                options.clock,
                tokens,
                BUSINESS_UNIT,
                usage,
                user -> Objects.requireNonNullElse(zones.get(user.id()), user.zone()));
        Prospects prospects = new Prospects(records, switches, this::customFields);
        return new Api(
                gate,
                exports,
                prospects,
                new Imports(switches, prospects),
                new Metadata(switches, usage, options::customFields));
    }

    private Routes apiRoutes(Api pretended) {
        Routes routes = pretended
                .addTo(new Routes())
                .on("GET", "/sandbox", (request, parts) -> Response.text(200, description()))
                .on("POST", "/sandbox/edits", (request, parts) -> editFromOutside(request))
                .on("GET", "/sandbox/records/{object}", (request, parts) -> show(parts.getOrDefault("object", "")));
        return new Control(switches, faults, log).addTo(routes);
    }

    private LoopbackServer start(String name, int port, Handler handler) {
        return LoopbackServer.start(name, port, options.clock, handler, faults, log);
    }

    private List<Field> customFields() {
        return options.customFields.stream().map(CustomField::toField).toList();
    }

    private URI downloadHost() {
        return switches.get(Doubts.DOWNLOAD_HOST) == Doubts.DownloadHost.API ? baseUrl() : fileHost();
    }

    private static void found(String object, long id, boolean found) {
        if (!found) {
            throw new IllegalArgumentException(object + " has no record " + id);
        }
    }

    private Response editFromOutside(Request request) {
        ObjectNode body = Control.body(request);
        Map<String, String> changes = new LinkedHashMap<>();
        body.path("changes")
                .properties()
                .forEach(entry -> changes.put(entry.getKey(), entry.getValue().asText("")));
        try {
            String object = body.path("object").asText("prospect");
            long id = body.path("id").asLong();
            switch (body.path("action").asText("edit")) {
                case "edit" -> edit(object, id, changes);
                case "put" -> id = put(object, changes);
                case "remove" -> remove(object, id);
                case "restore" -> restore(object, id);
                case "purge" -> purge(object, id);
                default -> throw new IllegalArgumentException("action must be edit, put, remove, restore or purge");
            }
            return Response.json(200, Json.object().put("id", id));
        } catch (IllegalArgumentException e) {
            throw new RefusedRequest(400, e.getMessage() + "\n");
        }
    }

    private Response show(String object) {
        ObjectType type = Catalogue.find(object)
                .orElseThrow(() -> new RefusedRequest(404, "there is no object " + object + "\n"));
        ArrayNode all = Json.array();
        for (Version version : records.all(type)) {
            ObjectNode one = all.addObject();
            new ObjectTypeAndVersion(type).values(version).forEach(one::put);
        }
        return Response.json(200, all);
    }
}
