package io.tidemark.settings;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.settings.StreamSettings.Brake;
import io.tidemark.settings.StreamSettings.Direction;
import io.tidemark.settings.StreamSettings.StartFrom;
import io.tidemark.system.DeletionRule;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

    @TempDir
    Path folder;

    private Configuration configuration;

    @BeforeEach
    void newConfiguration() {
        configuration = new Configuration(folder);
    }

    @Test
    void aMissingFileIsNamedWithItsWholePath() {
        assertThat(configuration.problems())
                .containsExactly(folder.resolve("application.properties")
                        + ": there is no such file: copy application.properties from the distribution to there, or name"
                        + " yours with --config FILE");
    }

    @Test
    void everyDefaultIsShownWithWhereItComesFrom() {
        assertThat(configuration.main(Configuration.STREAM).effective())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("tidemark.database.url", h2("data/tidemark") + " <- default"),
                        Map.entry("tidemark.database.username", "sa <- default"),
                        Map.entry("tidemark.database.pool-size", "8 <- default"),
                        Map.entry("tidemark.database.ddl", "on <- default"),
                        Map.entry("tidemark.outbound", "on <- default"),
                        Map.entry("tidemark.time-zone", "UTC <- default"),
                        Map.entry("tidemark.retention", "P90D <- default"),
                        Map.entry("tidemark.sources.ea.system", "everyaction <- application.properties"),
                        Map.entry("tidemark.sources.ea.base-url", "https://api.everyaction.example/v4 <- default"),
                        Map.entry("tidemark.sources.ea.application-name", "app <- application.properties"),
                        Map.entry("tidemark.sources.ea.api-key", "**** <- application.properties"),
                        Map.entry("tidemark.sources.ea.database-mode", "1 <- default"),
                        Map.entry("tidemark.sources.ea.requests-per-second", "5 <- default"),
                        Map.entry("tidemark.sources.ea.max-concurrent-requests", "4 <- default"),
                        Map.entry("tidemark.sources.ea.zone", "America/New_York <- default"),
                        Map.entry("tidemark.sources.ea.window-lag", "PT5S <- default"),
                        Map.entry("tidemark.sources.ea.settle-delay", "PT1M <- default"),
                        Map.entry("tidemark.streams.contacts.source", "ea <- application.properties"),
                        Map.entry("tidemark.streams.contacts.resource", "Contacts <- application.properties"),
                        Map.entry("tidemark.streams.contacts.table", "contacts <- default"),
                        Map.entry("tidemark.streams.contacts.direction", "inbound <- default"),
                        Map.entry("tidemark.streams.contacts.schedule", "0 0/15 * * * ? <- default"),
                        Map.entry("tidemark.streams.contacts.outbound-schedule", "0/30 * * * * ? <- default"),
                        Map.entry("tidemark.streams.contacts.overlap", "PT5M <- default"),
                        Map.entry("tidemark.streams.contacts.conflict", "newest-wins <- default"),
                        Map.entry("tidemark.streams.contacts.deletes", "mark <- default"),
                        Map.entry("tidemark.streams.contacts.outbound-deletes", "ignore <- default"),
                        Map.entry("tidemark.streams.contacts.schema-changes", "evolve <- default"),
                        Map.entry("tidemark.streams.contacts.gap", "fail <- default"),
                        Map.entry("tidemark.streams.contacts.poll-first", "PT5S <- default"),
                        Map.entry("tidemark.streams.contacts.poll-most", "PT1M <- default"),
                        Map.entry("tidemark.streams.contacts.job-timeout", "PT6H <- default"),
                        Map.entry("tidemark.streams.contacts.count-mismatch", "fail <- default"),
                        Map.entry("tidemark.streams.contacts.write-check", "read <- default"),
                        Map.entry("tidemark.streams.contacts.rejects-most", "1000 <- default"),
                        Map.entry("tidemark.streams.contacts.brake", "20% <- default"),
                        Map.entry("tidemark.streams.contacts.reconcile-schedule", "off <- default")));
    }

    @Test
    void everyKeyOfAStreamIsRead() {
        StreamSettings stream = configuration
                .main(Configuration.SOURCE + """
                        tidemark.streams.all-gifts.source=ea
                        tidemark.streams.all-gifts.resource=Contributions
                        tidemark.streams.all-gifts.direction=both
                        tidemark.streams.all-gifts.types.Amount/eur.total=numeric(12, 2)
                        tidemark.streams.all-gifts.key=GiftID
                        tidemark.streams.all-gifts.start-from=P30D
                        tidemark.streams.all-gifts.export.requested-fields=A,B
                        tidemark.streams.all-gifts.columns.VanID=person
                        tidemark.streams.all-gifts.columns.Note=-
                        tidemark.streams.all-gifts.write.Amount=true
                        tidemark.streams.all-gifts.match=Email
                        tidemark.streams.all-gifts.deleted.field=Status
                        tidemark.streams.all-gifts.deleted.values=Gone, Void
                        tidemark.streams.all-gifts.merged-into.field=Survivor
                        tidemark.streams.all-gifts.brake=0.5%
                        """)
                .read()
                .settings()
                .streams()
                .get(0);

        assertThat(stream.name()).isEqualTo("all-gifts");
        assertThat(stream.table()).isEqualTo("all_gifts");
        assertThat(stream.direction()).isEqualTo(Direction.BOTH);
        assertThat(stream.types()).isEqualTo(Map.of("Amount/eur.total", "numeric(12, 2)"));
        assertThat(stream.key()).containsExactly("GiftID");
        assertThat(stream.startFrom()).contains(new StartFrom.Back(Duration.ofDays(30)));
        assertThat(stream.export()).isEqualTo(Map.of("requested-fields", "A,B"));
        assertThat(stream.columns()).isEqualTo(Map.of("VanID", "person", "Note", "-"));
        assertThat(stream.write()).containsExactly("Amount");
        assertThat(stream.match()).containsExactly("Email");
        assertThat(stream.deletion()).contains(new DeletionRule("Status", Set.of("gone", "void")));
        assertThat(stream.mergedInto()).contains("Survivor");
        assertThat(stream.brake()).isEqualTo(new Brake.Share(0.5));
        assertThat(stream.reconcileSchedule()).contains("0 30 3 * * ?");
        assertThat(stream.transform()).isEmpty();
    }

    @Test
    void everyKeyOfASourceIsRead() {
        SourceSettings source = configuration
                .main(Configuration.SOURCE + """
                        tidemark.sources.ea.base-url=http://127.0.0.1:9000/v4/
                        tidemark.sources.ea.requests-per-second=0.5
                        tidemark.sources.ea.max-concurrent-requests=1
                        tidemark.sources.ea.zone=UTC
                        tidemark.sources.ea.window-lag=PT60S
                        tidemark.sources.ea.settle-delay=PT2M
                        tidemark.sources.ea.external-id-type=bridge
                        tidemark.sources.ea.download-hosts=http://127.0.0.1:9001, https://files.example
                        """)
                .read()
                .settings()
                .sources()
                .get("ea");

        assertThat(source)
                .isEqualTo(new SourceSettings(
                        "ea",
                        requireNonNull(FakeSystem.ALL.get("everyaction")),
                        URI.create("http://127.0.0.1:9000/v4"),
                        Map.of("application-name", "app", "api-key", "a-secret-key", "database-mode", "1"),
                        0.5,
                        1,
                        ZoneId.of("UTC"),
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(2),
                        Optional.of("bridge"),
                        List.of(URI.create("http://127.0.0.1:9001"), URI.create("https://files.example"))));
    }

    @Test
    void globalKeysAreRead() {
        Settings settings = configuration.main("""
                        tidemark.database.url=jdbc:postgresql://localhost/crm
                        tidemark.database.username=bridge
                        tidemark.database.password= spaces inside
                        tidemark.database.schema=sync
                        tidemark.database.ddl=off
                        tidemark.outbound=off
                        tidemark.time-zone=Europe/Berlin
                        tidemark.retention=P1D
                        """).read().settings();

        assertThat(settings.database().url()).isEqualTo("jdbc:postgresql://localhost/crm");
        assertThat(settings.database().username()).isEqualTo("bridge");
        assertThat(settings.database().password()).isEqualTo("spaces inside");
        assertThat(settings.database().schema()).contains("sync");
        assertThat(settings.database().ddl()).isFalse();
        assertThat(settings.outbound()).isFalse();
        assertThat(settings.timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(settings.retention()).isEqualTo(Duration.ofDays(1));
        assertThat(settings.folder()).isEqualTo(folder.toAbsolutePath());
    }

    @Test
    void anInstantKeepsItsOffset() {
        StreamSettings stream = configuration
                .main(Configuration.STREAM + "tidemark.streams.contacts.start-from=2026-01-31T00:00:00-05:00\n")
                .read()
                .settings()
                .streams()
                .get(0);

        assertThat(stream.startFrom()).contains(new StartFrom.At(Instant.parse("2026-01-31T05:00:00Z")));
    }

    @Test
    void streamsKeepTheOrderOfTheFile() {
        var content = new StringBuilder(Configuration.SOURCE);
        for (String name : List.of("zebra", "ant", "monkey")) {
            content.append("tidemark.streams." + name + ".source=ea\n");
            content.append("tidemark.streams." + name + ".resource=Contacts\n");
        }

        assertThat(configuration.main(content.toString()).read().settings().streams())
                .extracting(StreamSettings::name)
                .containsExactly("zebra", "ant", "monkey");
    }

    @Test
    void theLastPlaceCounts() {
        configuration
                .main("""
                        tidemark.retention=P1D
                        tidemark.time-zone=UTC
                        tidemark.outbound=on
                        tidemark.database.pool-size=2
                        """)
                .file("application-local.properties", """
                        tidemark.time-zone=Europe/Paris
                        tidemark.outbound=off
                        tidemark.database.pool-size=3
                        """)
                .environment("TIDEMARK_OUTBOUND", "on")
                .environment("TIDEMARK_DATABASE_POOL_SIZE", "4")
                .override("tidemark.database.pool-size", "5");

        assertThat(configuration.effective())
                .containsEntry("tidemark.retention", "P1D <- application.properties")
                .containsEntry("tidemark.time-zone", "Europe/Paris <- application-local.properties")
                .containsEntry("tidemark.outbound", "on <- TIDEMARK_OUTBOUND")
                .containsEntry("tidemark.database.pool-size", "5 <- -D");
    }

    @Test
    void aProblemSaysWhereAnOverriddenValueComesFrom() {
        configuration
                .main("")
                .file("application-local.properties", "tidemark.retention=x\ntidemark.retenton=x\n")
                .environment("TIDEMARK_OUTBOUND", "x")
                .override("tidemark.database.ddl", "x");

        assertThat(configuration.problems())
                .containsExactly(
                        "tidemark.retention = x (application-local.properties): must be a duration above zero such as PT5M"
                                + " or P90D",
                        "tidemark.retenton: is no key (application-local.properties) (nearest: tidemark.retention)",
                        "tidemark.outbound = x (TIDEMARK_OUTBOUND): must be one of on, off",
                        "tidemark.database.ddl = x (-D): must be one of on, off");
    }

    @Test
    void camelsOwnKeysPassUnresolved() {
        Reading reading = configuration
                .main("camel.main.name={{env:NAME}}\ncamel.ssl.keyStorePassword=canary\n")
                .read();

        assertThat(reading.camel())
                .containsExactly(
                        Map.entry("camel.main.name", "{{env:NAME}}"),
                        Map.entry("camel.ssl.keyStorePassword", "canary"));
        assertThat(reading.effective())
                .contains(
                        new EffectiveValue("camel.main.name", "{{env:NAME}}", "application.properties", false),
                        new EffectiveValue("camel.ssl.keyStorePassword", "****", "application.properties", true));
        assertThat(reading.toString()).doesNotContain("canary");
    }

    @Test
    void placeholdersAreResolvedByCamel() {
        configuration.main("""
                        tidemark.retention={{env:DAYS}}
                        tidemark.time-zone={{env:ZONE:Europe/Rome}}
                        tidemark.database.pool-size={{sys:tidemark.none:9}}
                        tidemark.database.url=jdbc:h2:mem:{{tidemark.retention}}
                        tidemark.database.schema={{?nothing}}
                        """).environment("DAYS", "P3D");

        Settings settings = configuration.read().settings();

        assertThat(settings.retention()).isEqualTo(Duration.ofDays(3));
        assertThat(settings.timeZone()).isEqualTo(ZoneId.of("Europe/Rome"));
        assertThat(settings.database().url()).isEqualTo("jdbc:h2:mem:P3D");
        assertThat(settings.database().schema()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:h2:file:./data/x                      | data/x   | ;AUTO_SERVER=TRUE
            jdbc:h2:./data/x                           | data/x   | ;AUTO_SERVER=TRUE
            jdbc:h2:x;LOCK_TIMEOUT=1                   | x        | ;LOCK_TIMEOUT=1;AUTO_SERVER=TRUE
            jdbc:h2:../x;auto_server=false             | ../x     | ;auto_server=false
            """)
    void anH2FileIsAbsoluteAndShared(String url, String file, String settings) {
        configuration.main("tidemark.database.url=" + url + "\n");

        assertThat(configuration.read().settings().database().url())
                .isEqualTo("jdbc:h2:file:" + folder.resolve(file).normalize() + settings);
    }

    @ParameterizedTest
    @CsvSource({"jdbc:h2:mem:x", "jdbc:h2:mem:", "jdbc:h2:tcp://localhost/./x", "jdbc:h2:mem:x;DB_CLOSE_DELAY=-1"})
    void otherH2AddressesStayAsTheyAre(String url) {
        configuration.main("tidemark.database.url=" + url + "\n");

        assertThat(configuration.read().settings().database().url()).isEqualTo(url);
    }

    @Test
    void filesThatAreNoTextAreRefused() throws Exception {
        Files.write(folder.resolve("application.properties"), new byte[] {'a', '=', (byte) 0xff});
        assertThat(configuration.problems())
                .containsExactly("application.properties: is not UTF-8; save it in that encoding");

        configuration.main("tidemark.retention=\\u12");
        assertThat(configuration.problems())
                .containsExactly(
                        "application.properties: has a malformed \\u escape; write the character itself, the file"
                                + " is UTF-8");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstKey() {
        assertThat(configuration.main("\uFEFFtidemark.outbound=off\n").problems())
                .isEmpty();
    }

    @Test
    void theExceptionHasEveryProblemInItsMessage() {
        configuration.main("tidemark.outbound=x\nfoo=x\n");

        assertThatThrownBy(configuration::read)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("tidemark.outbound = x: must be one of on, off" + System.lineSeparator()
                        + "foo: is no key; keys begin with tidemark. or camel.");
    }

    private String h2(String file) {
        return "jdbc:h2:file:" + folder.resolve(file) + ";AUTO_SERVER=TRUE";
    }
}
