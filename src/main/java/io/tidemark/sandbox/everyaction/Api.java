package io.tidemark.sandbox.everyaction;

import io.tidemark.sandbox.Routes;
import java.util.Map;
import java.util.Objects;

/** Every address of the pretended API, and who answers there. */
record Api(
        Authentication who, Metadata metadata, ExportJobs jobs, People people, Canvassing canvassing, Giving giving) {
    private static final String EXPORTS = "/v4/changedEntityExportJobs";
    private static final String PERSON = "/v4/people/{person}";

    Routes addTo(Routes routes) {
        exports(routes);
        people(routes);
        return routes.on("GET", "/v4/customFields", who.signed((user, request, parts) -> metadata.customFields()))
                .on("GET", "/v4/apiKeyProfiles", who.signed((user, request, parts) -> metadata.profile(user)))
                .on("POST", "/v4/echoes", who.signed((user, request, parts) -> metadata.echo(request)))
                .on("POST", "/v4/contributions", who.signed((user, request, parts) -> giving.give(user, request)))
                .on(
                        "GET",
                        "/v4/contributions/{gift}",
                        who.signed((user, request, parts) -> giving.find(part(parts, "gift"))));
    }

    private void exports(Routes routes) {
        routes.on("POST", EXPORTS, who.signed((user, request, parts) -> jobs.create(user, request)))
                .on("GET", EXPORTS + "/resources", who.signed((user, request, parts) -> metadata.resources()))
                .on(
                        "GET",
                        EXPORTS + "/fields/{type}",
                        who.signed((user, request, parts) -> metadata.fields(part(parts, "type"))))
                .on(
                        "GET",
                        EXPORTS + "/changeTypes/{type}",
                        who.signed((user, request, parts) -> metadata.changeTypes(part(parts, "type"))))
                .on("GET", EXPORTS + "/{id}", who.signed((user, request, parts) -> jobs.poll(user, part(parts, "id"))));
    }

    private void people(Routes routes) {
        routes.on("POST", "/v4/people/find", who.signed((user, request, parts) -> people.find(request)))
                .on(
                        "POST",
                        "/v4/people/findOrCreate",
                        who.signed((user, request, parts) -> people.findOrCreate(user, request)))
                .on("GET", PERSON, who.signed((user, request, parts) -> people.get(request, person(parts))))
                .on("POST", PERSON, who.signed((user, request, parts) -> people.update(user, request, person(parts))))
                .on("DELETE", PERSON, who.signed((user, request, parts) -> people.suppress(user, person(parts))))
                .on(
                        "PATCH",
                        PERSON + "/names",
                        who.signed((user, request, parts) -> people.rename(user, request, person(parts))))
                .on(
                        "PUT",
                        PERSON + "/mergeInto",
                        who.signed((user, request, parts) -> people.merge(user, request, person(parts))))
                .on(
                        "POST",
                        PERSON + "/codes",
                        who.signed((user, request, parts) -> people.addCode(user, request, person(parts))))
                .on(
                        "DELETE",
                        PERSON + "/codes/{code}",
                        who.signed(
                                (user, request, parts) -> people.removeCode(user, person(parts), part(parts, "code"))))
                .on(
                        "POST",
                        PERSON + "/notes",
                        who.signed((user, request, parts) -> people.addNote(user, request, person(parts))))
                .on(
                        "POST",
                        PERSON + "/canvassResponses",
                        who.signed((user, request, parts) -> canvassing.respond(user, request, person(parts))));
    }

    private static String person(Map<String, String> parts) {
        return part(parts, "person");
    }

    private static String part(Map<String, String> parts, String name) {
        return Objects.requireNonNull(parts.get(name), name);
    }
}
