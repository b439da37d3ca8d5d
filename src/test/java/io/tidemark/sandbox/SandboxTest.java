package io.tidemark.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.sandbox.everyaction.ApiUser;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SandboxTest {
    private final SandboxCaller caller = new SandboxCaller();

    @Test
    void saysWhatToPutIntoTheConfiguration() {
        try (PretendedSystem sandbox = Sandbox.start("everyaction", 0)) {
            assertThat(Sandbox.configuration(sandbox, "ea"))
                    .contains(
                            "tidemark.sources.ea.system=everyaction",
                            "tidemark.sources.ea.base-url=" + sandbox.baseUrl(),
                            "tidemark.sources.ea.application-name=" + ApiUser.BRIDGE.applicationName(),
                            "tidemark.sources.ea.api-key=" + ApiUser.BRIDGE.key());
        }
    }

    @Test
    void anUnknownSystemIsRefusedWithTheValidChoices() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Sandbox.start("elsewhere", 0))
                .withMessage(
                        "there is no sandbox named elsewhere; there are: everyaction, account-engagement, mpdx, rebilly");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            PUT  | switches | {"bounds":"to-included"} | 200 | "value":"to-included"
            PUT  | switches | {"bounds":"sideways"}    | 400 | valid is from-included, to-included, both-included, neither-included
            PUT  | switches | {"bound":"to-included"}  | 400 | there is no switch named bound; there are: requested-ids,
            PUT  | switches | {"pending-polls":-1}     | 400 | a whole number from 0 to 1000000
            PUT  | switches | nonsense                 | 400 | the body must be a JSON object
            GET  | switches |                          | 200 | "name":"self-exclusion"
            POST | faults   | {"requests":"GET /v4/*","kind":"status","status":429} | 201 | {"left":1}
            POST | faults   | {"requests":"GET /v4/*","kind":"gone"}                | 400 | answer-lost
            POST | faults   | {"requests":"everything"}                             | 400 | METHOD /path
            POST | edits    | {"id":900000001,"changes":{"City":"Elsewhere"}}       | 200 | 900000001
            POST | edits    | {"action":"put","changes":{"City":"Elsewhere"}}       | 200 | 900000021
            POST | edits    | {"id":900000001,"action":"remove"}                    | 200 | 900000001
            POST | edits    | {"id":900000001,"action":"merge","into":900000002}    | 200 | 900000001
            POST | edits    | {"id":1,"changes":{"City":"Elsewhere"}}               | 400 | Contacts has no record 1
            POST | edits    | {"resource":"Nope","id":1}                            | 400 | there is no resource type Nope
            GET  | records/Contacts |                  | 200 | "id":900000001
            GET  | records/Nope     |                  | 404 | there is no resource type Nope
            GET  | requests         |                  | 200 | []
            """)
    void canBeControlledFromOutside(String method, String where, String body, int status, String answer)
            throws IOException {
        try (PretendedSystem sandbox = Sandbox.start("everyaction", 0)) {
            HttpResponse<String> response = caller.send(SandboxCaller.to(
                            sandbox.baseUrl().resolve("/sandbox/" + where).toString())
                    .method(method, HttpRequest.BodyPublishers.ofString(body == null ? "" : body)));
            assertThat(response.body()).contains(answer);
            assertThat(response.statusCode()).isEqualTo(status);
        }
    }

    @Test
    void theHelpPageAndTheRequestLogShowNoAuthorization() throws IOException {
        try (PretendedSystem sandbox = Sandbox.start("everyaction", 0)) {
            String control = sandbox.baseUrl().resolve("/sandbox").toString();
            assertThat(caller.send(SandboxCaller.to(control)).body()).contains("/sandbox/switches");
            caller.get(ApiUser.BRIDGE, sandbox.baseUrl() + "/customFields");
            assertThat(caller.send(SandboxCaller.to(control + "/requests")).body())
                    .contains("/v4/customFields", "***")
                    .doesNotContain("Basic ");
        }
    }
}
