package io.tidemark.sandbox.accountengagement;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.sandbox.SandboxCaller;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Talks to a pretended Account Engagement the way a client does, as one user. */
final class AccountEngagementCaller {
    static final String FIELDS = "fields=id,state,isExpired,resultRefs,createdAt,updatedAt";

    private final SandboxCaller caller = new SandboxCaller();
    private final AccountEngagementSandbox sandbox;
    private final String token;

    AccountEngagementCaller(AccountEngagementSandbox sandbox, ApiUser user) throws IOException {
        this.sandbox = sandbox;
        this.token = SandboxCaller.json(token(
                        "client_credentials",
                        "client_id=" + user.clientId() + "&client_secret=" + encoded(user.clientSecret())))
                .path("access_token")
                .asText();
    }

    static HttpResponse<String> token(AccountEngagementSandbox sandbox, String form) throws IOException {
        return new SandboxCaller()
                .send(SandboxCaller.to(sandbox.tokenUrl().toString())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> token(String grant, String rest) throws IOException {
        return token(sandbox, "grant_type=" + grant + "&" + rest);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    HttpRequest.Builder to(String path) {
        String address = path.startsWith("http") ? path : sandbox.baseUrl() + path;
        return SandboxCaller.to(address)
                .header("Authorization", "Bearer " + token)
                .header("Pardot-Business-Unit-Id", AccountEngagementSandbox.BUSINESS_UNIT);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        return caller.send(request);
    }

    HttpResponse<String> get(String path) throws IOException {
        return send(to(path));
    }

    HttpResponse<String> call(String method, String path, String body) throws IOException {
        return send(to(path).header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** A new export of version 5; the arguments without their braces. */
    HttpResponse<String> export(String object, String fields, String procedure, String arguments) throws IOException {
        return call("POST", "/api/v5/exports", body(object, fields, procedure, arguments));
    }

    /** The same in version 4. */
    HttpResponse<String> older(String object, String fields, String procedure, String arguments) throws IOException {
        return call("POST", "/api/export/version/4/do/create?format=json", body(object, fields, procedure, arguments));
    }

    static String body(String object, String fields, String procedure, String arguments) {
        return """
                {"object":"%s","fields":[%s],"procedure":{"name":"%s","arguments":{%s}}}""".formatted(object, fields, procedure, arguments);
    }

    static long id(HttpResponse<String> response) throws IOException {
        JsonNode json = SandboxCaller.json(response);
        return (json.has("export") ? json.path("export") : json).path("id").asLong();
    }

    JsonNode read(long id) throws IOException {
        return SandboxCaller.json(get("/api/v5/exports/" + id + "?" + FIELDS));
    }

    /** Reads an export of version 5 until it is at its end. */
    JsonNode finished(long id) throws IOException {
        for (int reads = 0; reads < 20; reads++) {
            JsonNode json = read(id);
            if (!json.path("state").asText().matches("Waiting|Processing")) {
                return json;
            }
        }
        throw new AssertionError("the export does not end");
    }

    /** The code of a refusal in any form. */
    static int code(HttpResponse<String> response) throws IOException {
        if (response.body().startsWith("<")) {
            return Integer.parseInt(response.body().replaceAll("(?s).*<err code=\"(\\d+)\".*", "$1"));
        }
        JsonNode json = SandboxCaller.json(response);
        return json.has("code")
                ? json.path("code").asInt()
                : json.path("@attributes").path("err_code").asInt();
    }
}
