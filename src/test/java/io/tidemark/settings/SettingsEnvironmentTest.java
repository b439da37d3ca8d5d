package io.tidemark.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsEnvironmentTest {

    @TempDir
    Path folder;

    private Configuration configuration;

    @BeforeEach
    void newConfiguration() {
        configuration = new Configuration(folder).main(Configuration.STREAM);
    }

    @Test
    void dotsAndDashesAreUnderscores() {
        configuration
                .environment("TIDEMARK_SOURCES_EA_APPLICATION_NAME", "other")
                .environment("TIDEMARK_STREAMS_CONTACTS_EXPORT_FILE_SIZE_KB_LIMIT", "2000")
                .environment("tidemark_Database_Pool_size", "9")
                .environment("HOME", "/nowhere");

        assertThat(configuration.effective())
                .containsEntry("tidemark.sources.ea.application-name", "other <- TIDEMARK_SOURCES_EA_APPLICATION_NAME")
                .containsEntry(
                        "tidemark.streams.contacts.export.file-size-kb-limit",
                        "2000 <- TIDEMARK_STREAMS_CONTACTS_EXPORT_FILE_SIZE_KB_LIMIT")
                .containsEntry("tidemark.database.pool-size", "9 <- tidemark_Database_Pool_size");
    }

    @Test
    void namesWithDashesAreFound() {
        configuration.main(Configuration.SOURCE + """
                        tidemark.streams.my-best-gifts.source=ea
                        tidemark.streams.my-best-gifts.resource=Contributions
                        """).environment("TIDEMARK_STREAMS_MY_BEST_GIFTS_POLL_FIRST", "PT7S");

        assertThat(configuration.effective())
                .containsEntry(
                        "tidemark.streams.my-best-gifts.poll-first",
                        "PT7S <- TIDEMARK_STREAMS_MY_BEST_GIFTS_POLL_FIRST");
    }

    @Test
    void aFieldsKeyIsOverriddenWhereAFileGivesIt() {
        configuration
                .main(Configuration.STREAM + "tidemark.streams.contacts.columns.VanID=a\n")
                .environment("TIDEMARK_STREAMS_CONTACTS_COLUMNS_VANID", "b");

        assertThat(configuration.effective())
                .containsEntry(
                        "tidemark.streams.contacts.columns.VanID", "b <- TIDEMARK_STREAMS_CONTACTS_COLUMNS_VANID");
    }

    @Test
    void theEnvironmentAloneIsEnough() {
        configuration
                .main("")
                .environment("TIDEMARK_SOURCES_MY_EA_SYSTEM", "everyaction")
                .environment("TIDEMARK_SOURCES_MY_EA_APPLICATION_NAME", "app")
                .environment("TIDEMARK_SOURCES_MY_EA_API_KEY", "key")
                .environment("TIDEMARK_STREAMS_GIFTS_SOURCE", "my-ea")
                .environment("TIDEMARK_STREAMS_GIFTS_RESOURCE", "Contributions");

        Settings settings = configuration.read().settings();

        assertThat(settings.sources()).containsOnlyKeys("my-ea");
        assertThat(settings.streams()).extracting(StreamSettings::source).containsExactly("my-ea");
    }

    @Test
    void aVariableThatFitsNoKeyIsAProblem() {
        configuration
                .environment("TIDEMARK_DATABSE_URL", "canary")
                .environment("TIDEMARK_STREAMS_PEOPLE_GAP", "canary");

        assertThat(configuration.problems())
                .containsExactly(
                        "TIDEMARK_DATABSE_URL: fits no key (nearest: TIDEMARK_DATABASE_URL): correct its name or unset it",
                        "TIDEMARK_STREAMS_PEOPLE_GAP: fits no key (nearest: TIDEMARK_STREAMS_CONTACTS_GAP): correct its"
                                + " name or unset it");
    }

    @Test
    void whatTheStartScriptTakesIsNoKey() {
        configuration.environment("TIDEMARK_JAVA_OPTIONS", "-Dtidemark.log=DEBUG");
        assertThat(configuration.problems()).isEmpty();
    }

    @Test
    void aVariableThatFitsTwoKeysIsAProblem() {
        configuration
                .main(Configuration.STREAM + """
                        tidemark.streams.contacts-outbound.source=ea
                        tidemark.streams.contacts-outbound.resource=Contacts
                        """)
                .environment("TIDEMARK_STREAMS_CONTACTS_OUTBOUND_SCHEDULE", "canary");

        assertThat(configuration.problems())
                .containsExactly("TIDEMARK_STREAMS_CONTACTS_OUTBOUND_SCHEDULE: fits more than one key"
                        + " (tidemark.streams.contacts-outbound.schedule, tidemark.streams.contacts.outbound-schedule):"
                        + " give these in the configuration file and unset it");
    }

    @Test
    void twoVariablesForOneKeyAreAProblem() {
        configuration.environment("TIDEMARK_OUTBOUND", "on").environment("tidemark_outbound", "off");

        assertThat(configuration.problems())
                .containsExactly(
                        "tidemark_outbound: stands for tidemark.outbound, as TIDEMARK_OUTBOUND does: keep one of them");
    }
}
