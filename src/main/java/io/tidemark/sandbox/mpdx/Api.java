package io.tidemark.sandbox.mpdx;

import io.tidemark.sandbox.Handler;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Routes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/** Every address of the pretended API, and who answers there. */
record Api(Door door, Directory directory, Exports exports, Feeds feeds, Routes routes) implements Handler {
    private static final String BASE = "/api/v2";
    private static final String CONTACTS = BASE + "/contacts";
    private static final String CONTACT = CONTACTS + "/{contact}";
    private static final String PERSON = CONTACT + "/people/{person}";

    Api add() {
        exports(CONTACTS + "/exports", false);
        exports(CONTACTS + "/exports/mailing", true);
        routes.on("GET", BASE + "/user", door.documents((user, request, parts) -> feeds.user(user)))
                .on(
                        "GET",
                        BASE + "/account_lists",
                        door.documents((user, request, parts) -> feeds.accountLists(user, request)))
                .on("GET", BASE + "/constants", door.documents((user, request, parts) -> feeds.constants()))
                .on(
                        "GET",
                        BASE + "/deleted_records",
                        door.documents((user, request, parts) -> feeds.deleted(user, request)))
                .on("POST", BASE + "/batch", door.documents((user, request, parts) -> new Batches(this).run(request)));
        contacts();
        below(Kind.ADDRESS, CONTACT, "addresses");
        below(Kind.PERSON, CONTACT, "people");
        below(Kind.EMAIL, PERSON, "email_addresses");
        below(Kind.PHONE, PERSON, "phones");
        return this;
    }

    /** A long GET may come as a POST that says what it means. */
    @Override
    public Response answer(Request request) {
        boolean meansGet = request.method().equals("POST")
                && request.headers()
                        .first("X-HTTP-Method-Override")
                        .filter("GET"::equalsIgnoreCase)
                        .isPresent();
        return routes.answer(
                meansGet ? new Request("GET", request.path(), query(request), request.headers(), "") : request);
    }

    private static String query(Request request) {
        StringJoiner query = new StringJoiner("&");
        if (!request.query().isEmpty()) {
            query.add(request.query());
        }
        Json.readObject(request.body())
                .ifPresent(body -> body.properties().forEach(entry -> {
                    if (entry.getKey().equals("filter")) {
                        entry.getValue().properties().forEach(filter -> {
                            boolean array = filter.getValue().isArray();
                            String name = "filter[" + filter.getKey() + "]" + (array ? "[]" : "");
                            Values.list(array ? filter.getValue() : Values.of(Values.list(filter.getValue())))
                                    .forEach(value -> query.add(name + "=" + encoded(value)));
                        });
                    } else {
                        query.add(
                                entry.getKey() + "=" + encoded(entry.getValue().asText()));
                    }
                }));
        return query.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void exports(String path, boolean mailing) {
        for (String format : new String[] {"csv", "xlsx"}) {
            routes.on(
                    "GET",
                    path + "." + format,
                    door.exports((user, request, parts) -> exports.atOnce(user, request, format, mailing)));
        }
        routes.on("POST", path, door.exports((user, request, parts) -> exports.create(user, request, mailing)))
                .on(
                        "GET",
                        path + "/{export}",
                        door.exports(
                                (user, request, parts) -> exports.get(user, request, part(parts, "export"), mailing)));
    }

    private void contacts() {
        routes.on("GET", CONTACTS, door.documents((user, request, parts) -> directory.contacts(user, request)))
                .on("POST", CONTACTS, door.documents((user, request, parts) -> directory.createContact(user, request)))
                .on(
                        "GET",
                        CONTACTS + "/people",
                        door.documents((user, request, parts) -> directory.people(user, request)))
                .on("GET", CONTACTS + "/filters", door.documents((user, request, parts) -> feeds.filters()))
                .on(
                        "POST",
                        CONTACTS + "/merges",
                        door.documents((user, request, parts) -> directory.merge(user, request)))
                .on("POST", CONTACTS + "/bulk", door.documents((user, request, parts) -> directory.bulk(user, request)))
                .on("PUT", CONTACTS + "/bulk", door.documents((user, request, parts) -> directory.bulk(user, request)))
                .on(
                        "DELETE",
                        CONTACTS + "/bulk",
                        door.documents((user, request, parts) -> directory.bulkRemove(user, request)));
        one(CONTACT, this::contact);
    }

    /** The list of a contact's or a person's children, and each of them. */
    private void below(Kind kind, String parent, String name) {
        Finder finder = kind == Kind.EMAIL || kind == Kind.PHONE ? this::person : this::contact;
        String path = parent + "/" + name;
        routes.on(
                        "GET",
                        path,
                        door.documents(
                                (user, request, parts) -> directory.children(kind, finder.find(user, parts), request)))
                .on(
                        "POST",
                        path,
                        door.documents((user, request, parts) ->
                                directory.createChild(kind, finder.find(user, parts), request)));
        String key = kind == Kind.PERSON ? "person" : "child";
        one(
                path + "/{" + key + "}",
                (user, parts) -> directory.child(kind, finder.find(user, parts), part(parts, key)));
    }

    private void one(String path, Finder finder) {
        Door.SignedStep change = (user, request, parts) -> directory.change(finder.find(user, parts), request);
        routes.on(
                        "GET",
                        path,
                        door.documents((user, request, parts) -> directory.show(finder.find(user, parts), request)))
                .on("PUT", path, door.documents(change))
                .on("PATCH", path, door.documents(change))
                .on(
                        "DELETE",
                        path,
                        door.documents((user, request, parts) -> directory.remove(user, finder.find(user, parts))));
    }

    private Entity contact(ApiUser user, Map<String, String> parts) {
        return directory.contact(user, part(parts, "contact"));
    }

    private Entity person(ApiUser user, Map<String, String> parts) {
        return directory.child(Kind.PERSON, contact(user, parts), part(parts, "person"));
    }

    @FunctionalInterface
    private interface Finder {
        Entity find(ApiUser user, Map<String, String> parts);
    }

    private static String part(Map<String, String> parts, String name) {
        return Objects.requireNonNull(parts.get(name), name);
    }
}
