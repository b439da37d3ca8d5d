package io.tidemark.sandbox.mpdx;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Control;
import io.tidemark.sandbox.Faults;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.LoopbackServer;
import io.tidemark.sandbox.PretendedSystem;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A pretended MPDX on 127.0.0.1. It keeps everything in memory but workbooks, which live in a folder of their own until
 * {@link #close}. Safe for use by several threads.
 */
public final class MpdxSandbox implements PretendedSystem {
    private static final Duration TOKEN_LIFE = Duration.ofDays(30);

    private final Switches switches = new Switches(Doubts.ALL);
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();
    private final Options options;
    private final Records records;
    private final Tokens tokens;
    private final String token;
    private final Path folder;
    private final LoopbackServer api;

    /**
     * How a sandbox begins. The first API user is the bridge's own.
     *
     * @param apiPort 0 for any free one
     * @param contacts how many contacts are invented in the first user's first account list
     */
    public record Options(int apiPort, List<ApiUser> users, InstantSource clock, long seed, int contacts) {
        public Options {
            users = List.copyOf(users);
            if (users.isEmpty()) {
                throw new IllegalArgumentException("users must not be empty");
            }
        }

        /** A free port, two API users, the system's clock, 20 contacts. */
        public static Options standard() {
            return new Options(0, List.of(ApiUser.BRIDGE, ApiUser.SOMEBODY_ELSE), InstantSource.system(), 17, 20);
        }

        /** Other ports; the second one is not used, because files come from the API's own. */
        public Options ports(int api, int file) {
            return new Options(api, users, clock, seed, contacts);
        }

        public Options users(ApiUser... all) {
            return new Options(apiPort, List.of(all), clock, seed, contacts);
        }

        public Options clock(InstantSource source) {
            return new Options(apiPort, users, source, seed, contacts);
        }

        public Options data(long randomSeed, int contactCount) {
            return new Options(apiPort, users, clock, randomSeed, contactCount);
        }
    }

    private MpdxSandbox(Options options) {
        this.options = options;
        this.records = new Records(options.clock, switches, options.seed);
        this.tokens = new Tokens(options.users);
        this.token = tokens.issue(user(), options.clock.instant().plus(TOKEN_LIFE));
        this.folder = temporaryFolder();
        new SampleData(records, options.seed).fill(user().accountLists().get(0), options.contacts);
        this.api = startApi();
    }

    public static MpdxSandbox start(Options options) {
        return new MpdxSandbox(options);
    }

    public static MpdxSandbox start() {
        return start(Options.standard());
    }

    /** The base address of the API, ending in {@code /api/v2}. */
    @Override
    public URI baseUrl() {
        return URI.create(api.address() + "/api/v2");
    }

    /** The address of the remote control. */
    @Override
    public URI controlUrl() {
        return URI.create(api.address() + "/sandbox");
    }

    @Override
    public String system() {
        return "mpdx";
    }

    @Override
    public Map<String, String> options() {
        var options = new LinkedHashMap<String, String>();
        options.put("token", token);
        options.put("account-list-id", user().accountLists().get(0));
        return options;
    }

    /** The bridge's own user. */
    public ApiUser user() {
        return options.users.get(0);
    }

    public List<ApiUser> users() {
        return options.users;
    }

    /** The bridge's token, good for 30 days from the start of the sandbox. */
    public String token() {
        return token;
    }

    /** Another token. */
    public String token(ApiUser user, Instant ends) {
        return tokens.issue(user, ends);
    }

    /** The token is refused from now on. */
    public void withdraw(String which) {
        tokens.withdraw(which);
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

    /**
     * Makes a record as somebody at the screen.
     *
     * @param type contacts, people, addresses, email_addresses or phone_numbers
     * @param parent the account list, contact or person that it belongs to
     * @param values by attribute; tags with commas between them
     */
    public String put(String type, String parent, Map<String, String> values) {
        return put(type, records.newId(), parent, values);
    }

    public String put(String type, String id, String parent, Map<String, String> values) {
        return records.add(Kind.named(type), id, List.of(parent), Values.kept(values))
                .id();
    }

    /**
     * Changes attributes as somebody at the screen; an empty text empties one.
     *
     * @throws IllegalArgumentException when there is no such record
     */
    public void edit(String type, String id, Map<String, String> changes) {
        records.change(found(type, id), Values.kept(changes));
    }

    /** Gives a person these contacts. */
    public void link(String person, List<String> contacts) {
        records.link(found("people", person), contacts);
    }

    /** Deletes a record as somebody at the screen. */
    public void remove(String type, String id) {
        records.remove(found(type, id), Optional.of("0d000000-0000-4000-8000-0000000000ff"));
    }

    /** A record is gone without a word: no list and no feed of deletions shows it. */
    public void forget(String type, String id) {
        records.forget(found(type, id));
    }

    /** Merges two contacts as somebody at the screen. */
    public void merge(String winner, String loser) {
        records.merge(found("contacts", winner), found("contacts", loser), Optional.empty());
    }

    /** The present values of a record by attribute, with its {@code updated_at}; what is empty is absent. */
    public Optional<Map<String, String>> record(String type, String id) {
        return records.find(Kind.named(type), id).map(MpdxSandbox::values);
    }

    /** Every state that a record has had, oldest first, in the form of {@link #record}; of a deleted one, too. */
    public List<Map<String, String>> versions(String id) {
        return records.states(id).stream().map(MpdxSandbox::values).toList();
    }

    private static Map<String, String> values(Entity entity) {
        Map<String, String> values = new TreeMap<>();
        entity.attributes().keySet().forEach(name -> values.put(name, text(entity, name)));
        values.values().removeIf(String::isEmpty);
        values.put("updated_at", Values.time(entity.updatedAt()));
        return values;
    }

    /** The keys of the records of one type, in the order in which they were made. */
    public List<String> keys(String type) {
        return records.all(Kind.named(type)).stream().map(Entity::id).toList();
    }

    /** The same with those of the deleted records. */
    public List<String> everyKey(String type) {
        return records.ever(Kind.named(type)).stream().map(Entity::id).toList();
    }

    /** The keys of the children of one type, the marked one first. */
    public List<String> children(String type, String parent) {
        return records.children(Kind.named(type), parent).stream()
                .map(Entity::id)
                .toList();
    }

    /** The keys of all the children of one type that there ever were, in the order in which they were made. */
    public List<String> everyChild(String type, String parent) {
        return records.ever(Kind.named(type)).stream()
                .filter(child -> child.parents().contains(parent))
                .map(Entity::id)
                .toList();
    }

    @Override
    public void empty() {
        records.clear();
    }

    /** Ends every connection and removes the workbooks. Closing again does nothing. */
    @Override
    public void close() {
        api.close();
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
        Routes routes = new Routes()
                .on("GET", "/sandbox", (request, parts) -> Response.text(200, help()))
                .on("POST", "/sandbox/edits", (request, parts) -> editFromOutside(request))
                .on("GET", "/sandbox/records/{type}", (request, parts) -> show(part(parts, "type")));
        new Control(switches, faults, log).addTo(routes);
        Api pretended = new Api(
                        new Door(tokens, options.clock, switches),
                        new Directory(records, switches),
                        new Exports(records, switches, folder),
                        new Feeds(records, switches),
                        routes)
                .add();
        return LoopbackServer.start("api", options.apiPort, options.clock, pretended, faults, log);
    }

    private Entity found(String type, String id) {
        return records.find(Kind.named(type), id)
                .orElseThrow(() -> new IllegalArgumentException(type + " has no record " + id));
    }

    private static String text(Entity entity, String name) {
        return name.equals("tag_list") ? String.join(",", Values.list(entity.attribute(name))) : entity.text(name);
    }

    private Response editFromOutside(Request request) {
        ObjectNode body = Control.body(request);
        Map<String, String> changes = new LinkedHashMap<>();
        body.path("changes")
                .properties()
                .forEach(entry -> changes.put(entry.getKey(), entry.getValue().asText("")));
        try {
            String type = body.path("type").asText("contacts");
            String id = body.path("id").asText();
            switch (body.path("action").asText("edit")) {
                case "edit" -> edit(type, id, changes);
                case "put" -> id = put(type, parent(type, body), changes);
                case "remove" -> remove(type, id);
                case "merge" -> merge(body.path("into").asText(), id);
                default -> throw new IllegalArgumentException("action must be edit, put, remove or merge");
            }
            return Response.json(200, Json.object().put("id", id));
        } catch (IllegalArgumentException e) {
            throw new RefusedRequest(400, e.getMessage() + "\n");
        }
    }

    private String parent(String type, ObjectNode body) {
        String parent = body.path("parent").asText();
        if (!parent.isEmpty()) {
            return parent;
        }
        if (Kind.named(type) != Kind.CONTACT) {
            throw new IllegalArgumentException("parent must name the contact or person it belongs to");
        }
        return user().accountLists().get(0);
    }

    private Response show(String type) {
        ArrayNode all = Json.array();
        try {
            for (Entity entity : records.all(Kind.named(type))) {
                ObjectNode one =
                        all.addObject().put("id", entity.id()).put("updatedAt", Values.time(entity.updatedAt()));
                one.set("parents", Values.of(entity.parents()));
                ObjectNode values = one.putObject("values");
                entity.attributes().forEach(values::set);
            }
        } catch (IllegalArgumentException e) {
            throw new RefusedRequest(404, e.getMessage() + "\n");
        }
        return Response.json(200, all);
    }

    private String help() {
        return """
                A pretended MPDX. Nothing here is real, and nothing leaves this machine.

                API              %s
                token            %s
                account list id  %s

                GET    /sandbox/switches            every switch with its position and valid values
                PUT    /sandbox/switches            {"one-shot": "false"}
                POST   /sandbox/faults              {"requests": "GET /api/v2/*", "kind": "status", "status": 429}
                DELETE /sandbox/faults              takes back the faults still waiting
                GET    /sandbox/requests            what came in
                POST   /sandbox/edits               {"type": "contacts", "id": "...", "changes": {"greeting": "X"}}
                                                    with "action": edit, put (and "parent"), remove or merge (and "into")
                GET    /sandbox/records/contacts    what there is; also people, addresses, email_addresses, phone_numbers
                """.formatted(baseUrl(), token, user().accountLists().get(0));
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
