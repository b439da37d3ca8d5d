package io.tidemark.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SettingsSecretsTest {
    private static final String CANARY = "canary-4711";

    @TempDir
    Path folder;

    private Configuration configuration;

    @BeforeEach
    void newConfiguration() {
        configuration = new Configuration(folder);
    }

    private static String everySecret() {
        return """
                tidemark.database.url=jdbc:postgresql://localhost/x?user=me&password=CANARY
                tidemark.database.password=CANARY
                tidemark.sources.ea.system=everyaction
                tidemark.sources.ea.application-name=app-{{tidemark.sources.ea.api-key}}
                tidemark.sources.ea.api-key={{env:KEY}}
                """.replace("CANARY", CANARY);
    }

    @Test
    void aSecretIsInTheSettingsAndNowhereElse() {
        Reading reading =
                configuration.main(everySecret()).environment("KEY", CANARY).read();

        assertThat(reading.settings().database().password()).isEqualTo(CANARY);
        assertThat(reading.settings().sources().values())
                .allSatisfy(source -> assertThat(source.options()).containsEntry("api-key", CANARY));
        assertThat(reading.toString()).doesNotContain(CANARY);
        assertThat(reading.settings().toString()).doesNotContain(CANARY);
        assertThat(reading.effective())
                .noneMatch(value -> value.toString().contains(CANARY))
                .contains(
                        new EffectiveValue("tidemark.sources.ea.api-key", "****", "application.properties", true),
                        new EffectiveValue(
                                "tidemark.sources.ea.application-name", "app-****", "application.properties", false));
    }

    @Test
    void aSecretIsInNoProblem() {
        configuration
                .main(everySecret() + """
                        tidemark.sources.ea.api-kye=CANARY
                        tidemark.sources.ea.database-mode={{tidemark.database.password}}
                        tidemark.sources.ea.base-url=https://me:CANARY@api.example
                        tidemark.sources.eb.system=everyaction
                        tidemark.sources.eb.application-name=x
                        tidemark.sources.eb.api-key=\\ CANARY
                        tidemark.sources.ec.system=mpdx
                        tidemark.sources.ec.token={{nowhere:CANARY}}{{env:NOT_SET}}
                        tidemark.sources.ed.system=mpdx
                        tidemark.sources.ed.token=CANARY
                        tidemark.sources.ed.token=CANARY
                        tidemark.streams.x.table={{env:KEY}}.{{env:KEY}}.x
                        tokne=CANARY
                        """.replace("CANARY", CANARY))
                .environment("KEY", CANARY)
                .environment("TIDEMARK_SOURCES_EA_APIKYE", CANARY)
                .override("tidemark.databse.password", CANARY);

        Throwable refused = catchThrowable(configuration::read);

        assertThat(refused).isInstanceOf(ConfigurationException.class);
        assertThat(((ConfigurationException) refused).problems()).hasSize(12);
        assertThat(refused.toString()).doesNotContain(CANARY);
    }

    @Test
    void aSecretsFileIsReadWithoutItsLastLineEnd() {
        configuration.main("""
                        tidemark.database.password-file=password
                        tidemark.sources.ea.system=everyaction
                        tidemark.sources.ea.application-name=app
                        tidemark.sources.ea.api-key-file=secrets.txt
                        """).file("password", CANARY + "\n\n").file("secrets.txt", CANARY + "\r\n");

        Reading reading = configuration.read();

        assertThat(reading.settings().database().password()).isEqualTo(CANARY + "\n");
        assertThat(reading.settings().sources().values())
                .allSatisfy(source -> assertThat(source.options()).containsEntry("api-key", CANARY));
        assertThat(configuration.effective())
                .containsEntry("tidemark.sources.ea.api-key", "**** <- application.properties")
                .containsEntry("tidemark.sources.ea.api-key-file", "secrets.txt <- application.properties");
    }

    @Test
    void aVariableMayNameASecretsFile() {
        configuration
                .main(Configuration.STREAM.replace("tidemark.sources.ea.api-key=a-secret-key\n", ""))
                .file("key", CANARY)
                .environment("TIDEMARK_SOURCES_EA_API_KEY_FILE", "key");

        assertThat(configuration.problems()).isEmpty();
    }

    /** Camel's resolver prints values at DEBUG: the process's own logging configuration holds that logger at INFO. */
    @Test
    void aSecretIsInNoLogEvenAtDebug() {
        var camel = (Logger) LoggerFactory.getLogger("org.apache.camel");
        Level camelBefore = camel.getLevel();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var events = new ListAppender<ILoggingEvent>();
        Level before = root.getLevel();
        root.addAppender(events);
        events.start();
        root.setLevel(Level.DEBUG);
        camel.setLevel(Level.DEBUG);
        try {
            configuration.main(everySecret()).environment("KEY", CANARY).read();
        } finally {
            root.setLevel(before);
            camel.setLevel(camelBefore);
            root.detachAppender(events);
        }

        String thread = Thread.currentThread().getName();
        List<ILoggingEvent> ours = events.list.stream()
                .filter(event -> event.getThreadName().equals(thread))
                .toList();
        assertThat(ours)
                .isNotEmpty()
                .noneMatch(event -> event.getFormattedMessage().contains(CANARY));
        assertThat(ours).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.INFO));
    }
}
