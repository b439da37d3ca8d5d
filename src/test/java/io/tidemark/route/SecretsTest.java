package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.everyaction.ApiUser;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.tidemark.stream.StreamState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** An API key and a link's signature turn up nowhere, whatever fails and however much is logged (F28). */
class SecretsTest {
    private static final ApiUser CANARY = new ApiUser("canary-app", "canary-key-5f1d-77aa", 1);

    @TempDir
    Path folder;

    @Test
    void neither_the_key_nor_a_signature_is_logged_or_stored_or_shown() {
        var secrets = new ArrayList<String>();
        secrets.add(CANARY.key());
        secrets.add(Base64.getEncoder()
                .encodeToString((CANARY.applicationName() + ":" + CANARY.password()).getBytes(StandardCharsets.UTF_8)));
        String output;
        try (var sandbox = EveryActionSandbox.start(
                        EveryActionSandbox.Options.standard().users(CANARY).fileSignature("canary-signature"));
                var loud = new Loud();
                var log = loud.captured()) {
            output = everythingThatFails(sandbox) + String.join("\n", log.lines());
            assertThat(log.lines()).anyMatch(line -> line.startsWith("DEBUG"));
            sandbox.log().requests().stream()
                    .filter(RecordedRequest::hasQuery)
                    .map(request -> request.query().replaceFirst("^sig=", ""))
                    .forEach(secrets::add);
        }
        assertThat(secrets).hasSizeGreaterThan(3);
        assertThat(output).contains("contacts").doesNotContain(secrets);
    }

    private String everythingThatFails(EveryActionSandbox sandbox) {
        var output = new StringBuilder();
        sandbox.faults()
                .next(SharedBridge.POST_JOB, Fault.html(500))
                .next(SharedBridge.GET_JOB, Fault.reset())
                .next(SharedBridge.GET_FILE, Fault.status(403))
                .next(SharedBridge.GET_FILE, Fault.cutBody(700))
                .next(SharedBridge.GET_FILE, Fault.html(200))
                .next(SharedBridge.GET_FILE, Fault.redirect("http://127.0.0.1:1/nowhere?sig=canary-of-a-redirect"));
        try (var running = Running.start(Setup.of(folder, sandbox))) {
            running.begin("contacts");
            StreamState state = running.untilCommitted("contacts");
            sandbox.faults().next(SharedBridge.GET_JOB, Fault.status(401));
            running.store().due("contacts");
            running.until("contacts", now -> now.condition() != state.condition());
            output.append(running.statusJson());
            for (String table : List.of("tidemark_stream", "tidemark_cycle", "tidemark_source", "tidemark_reject")) {
                output.append(running.rows("select * from " + table));
            }
        }
        return output.append('\n').toString();
    }

    /** The program's own logging, with everything turned up to DEBUG that a person can turn up. */
    private static final class Loud implements AutoCloseable {
        private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        private final Map<Logger, Optional<Level>> before = new HashMap<>();

        Loud() {
            var program = new LoggerContext();
            List.of("tidemark.log", "tidemark.log.camel", "tidemark.log.libraries")
                    .forEach(name -> program.putProperty(name, "DEBUG"));
            var reader = new JoranConfigurator();
            reader.setContext(program);
            try {
                reader.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
            } catch (JoranException broken) {
                throw new AssertionError(broken);
            }
            program.getLoggerList().stream()
                    .filter(logger -> logger.getLevel() != null)
                    .forEach(logger -> {
                        Logger here = context.getLogger(logger.getName());
                        before.put(here, Optional.ofNullable(here.getLevel()));
                        here.setLevel(logger.getLevel());
                    });
            program.stop();
        }

        CapturedLog captured() {
            return new CapturedLog();
        }

        @Override
        public void close() {
            before.forEach(Loud::restore);
        }

        @SuppressWarnings("NullAway") // a logger without a level of its own takes its parent's
        private static void restore(Logger logger, Optional<Level> level) {
            logger.setLevel(level.orElse(null));
        }
    }
}
