package io.tidemark.sandbox.rebilly;

import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Routes;
import io.tidemark.sandbox.Switches;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Every address of the pretended API, with and without a slash behind it, and who answers there. */
record Api(
        Authentication who,
        DataExports exports,
        Customers customers,
        CustomFields customFields,
        FileStore files,
        Switches switches) {
    private static final String ORGANIZATION = "/organizations/{organization}";

    Routes addTo(Routes routes) {
        exports(routes, Doubts.PathForm.PLAIN, "");
        exports(routes, Doubts.PathForm.ORGANIZATION_EXPERIMENTAL, ORGANIZATION + "/experimental");
        exports(routes, Doubts.PathForm.EXPERIMENTAL, "/experimental");
        exports(routes, Doubts.PathForm.EXPERIMENTAL_ORGANIZATION, "/experimental" + ORGANIZATION);
        others(routes, "");
        others(routes, ORGANIZATION);
        return routes;
    }

    private void exports(Routes routes, Doubts.PathForm form, String prefix) {
        String all = prefix + "/data-exports";
        String one = all + "/{id}";
        // the longer one first: a last slash is an empty part, which the id would match as well
        on(routes, "GET", all, served(form, (user, request, parts) -> exports.list(request)));
        on(routes, "POST", all, served(form, (user, request, parts) -> exports.create(user, request)));
        on(routes, "GET", one, served(form, (user, request, parts) -> exports.read(request, id(parts))));
        on(routes, "PUT", one, served(form, (user, request, parts) -> exports.change(user, request, id(parts))));
        on(routes, "DELETE", one, served(form, (user, request, parts) -> exports.delete(id(parts))));
    }

    private Authentication.SignedStep served(Doubts.PathForm form, Authentication.SignedStep step) {
        return (user, request, parts) -> {
            Doubts.PathForm there = switches.get(Doubts.PATH_FORM);
            if (there != Doubts.PathForm.ANY && there != form) {
                throw Problem.notFound("the page");
            }
            return step.answer(user, request, parts);
        };
    }

    private void others(Routes routes, String prefix) {
        String all = prefix + "/customers";
        String one = all + "/{id}";
        on(routes, "GET", all, (user, request, parts) -> customers.list(request));
        on(routes, "POST", all, (user, request, parts) -> customers.create(request));
        on(routes, "GET", one, (user, request, parts) -> customers.read(request, id(parts)));
        on(routes, "PUT", one, (user, request, parts) -> customers.put(request, id(parts)));
        on(routes, "DELETE", one, (user, request, parts) -> customers.merge(request, id(parts)));
        on(
                routes,
                "GET",
                prefix + "/custom-fields/{id}",
                (user, request, parts) -> permitted("custom-fields", () -> customFields.list(id(parts))));
        on(
                routes,
                "GET",
                prefix + "/files/{id}/download",
                (user, request, parts) -> permitted("files", () -> files.download(id(parts))));
    }

    private Response permitted(String right, Supplier<Response> answer) {
        if (switches.get(Doubts.FORBIDDEN).contains(right)) {
            throw Problem.forbidden(right);
        }
        return answer.get();
    }

    private void on(Routes routes, String method, String template, Authentication.SignedStep step) {
        for (String end : List.of("/", "")) {
            routes.on(method, template + end, who.signed(step));
        }
    }

    private static String id(Map<String, String> parts) {
        return Objects.requireNonNull(parts.get("id"), "id");
    }
}
