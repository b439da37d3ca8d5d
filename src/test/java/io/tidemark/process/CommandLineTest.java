package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.everyaction.Doubts;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person gets who types something: the exit status, and words. */
final class CommandLineTest {
    @TempDir
    Path folder;

    @Test
    void withoutAStreamItSaysTheNextThreeSteps() throws IOException {
        Path config = write("application.properties", "tidemark.database.url=jdbc:h2:file:./db\n");
        try (Program program = Program.start(folder)) {
            assertThat(program.await()).as(program.output()).isEqualTo(2);
            assertThat(program.output())
                    .contains("There is no stream in " + config.toRealPath(), "  1. ", "  2. ", "  3. ")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void everyProblemOfTheConfigurationIsToldAtOnceAndNothingIsMade() throws IOException {
        write("application.properties", """
                tidemark.database.url=jdbc:oracle:thin
                tidemark.sources.crm.system=everyacton
                tidemark.streams.contacts.resource=Contacts
                tidemark.retenton=P1D
                """);
        try (Program program = Program.start(folder)) {
            assertThat(program.await()).as(program.output()).isEqualTo(2);
            assertThat(program.output())
                    .contains(
                            "The configuration has",
                            "problems:",
                            "tidemark.database.url",
                            "tidemark.sources.crm.system",
                            "tidemark.streams.contacts.source",
                            "tidemark.retenton",
                            "nearest: tidemark.retention")
                    .doesNotContain("\tat ");
        }
        assertThat(names()).containsExactly("application.properties");
    }

    @Test
    void whatItDoesNotKnowIsRefused() {
        try (Program command = Program.start(folder, "rnu");
                Program option = Program.start(folder, "status", "--jsno")) {
            assertThat(command.await()).isEqualTo(2);
            assertThat(command.output()).contains("rnu").doesNotContain("\tat ");
            assertThat(option.await()).isEqualTo(2);
            assertThat(option.output()).contains("--jsno").doesNotContain("\tat ");
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void theDemoTellsInPlainWordsWhatArrivedAndLeavesTheConfigurationAlone() throws IOException {
        String mine = "tidemark.nonsense=the demo does not look at this\n";
        Path config = write("application.properties", mine);
        try (Program program = Program.start(folder, "demo", "--once")) {
            assertThat(program.await(Program.PATIENCE.multipliedBy(4)))
                    .as(program.output())
                    .isZero();
            assertThat(program.output())
                    .contains(
                            "20 contacts arrived",
                            "Somebody changes the email of contact 900000001",
                            "new.address@example.org",
                            "LastName=Hier",
                            "EveryAction created her once",
                            "This stream's rule is source-wins",
                            "here Here, there There, settled for the source",
                            "was changed in the database, and Account Engagement has it",
                            "was changed at MPDX, and the table has it",
                            "Rebilly: 20 customers have arrived",
                            "One complete round, both ways")
                    .doesNotContain("\tat ", "WARN", "ERROR");
        }
        assertThat(config).hasContent(mine);
        assertThat(names()).containsExactly("application.properties", "data");
        assertThat(folder.resolve("data")).isDirectoryContaining("glob:**/demo");
    }

    @Test
    void stoppedInTheMiddleOfALoadItGivesItsClaimsBackQuietly() {
        try (EveryActionSandbox sandbox = EveryActionSandbox.start()) {
            stop(sandbox, Installation.h2(folder, sandbox));
        }
    }

    @Test
    void stoppedInTheMiddleOfACallItStoresWhatTheAnswerLeadsTo() {
        try (EveryActionSandbox sandbox = EveryActionSandbox.start()) {
            Installation installation = Installation.h2(folder, sandbox);
            sandbox.faults().next("POST /v4/changedEntityExportJobs", Fault.slow(Duration.ofSeconds(2)));
            try (Program program = installation.run()) {
                Awaiting.until(
                        () -> !sandbox.log()
                                .requests("POST", "/v4/changedEntityExportJobs")
                                .isEmpty(),
                        program::output,
                        program::alive);
                program.terminate();
                assertThat(program.await()).as(program.output()).isZero();
                assertThat(program.output()).doesNotContain("WARN", "ERROR", "\tat ");
            }
            assertThat(installation.target().rows("select step, claim_holder from tidemark_stream"))
                    .containsExactly("requested|");
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 'stopped; the next sync or the daemon goes on with it'", "--dry-run, stopped; nothing was written"
    })
    void aSyncThatIsStoppedEndsInOrderWithTheSignalsStatus(String option, String words) {
        try (EveryActionSandbox sandbox = EveryActionSandbox.start()) {
            sandbox.switches().set(Doubts.STUCK_PENDING, true);
            Installation installation = Installation.h2(folder, sandbox);
            try (Program program = option.isEmpty() ? installation.start("sync") : installation.start("sync", option)) {
                Awaiting.until(
                        () -> sandbox.log().requests().stream()
                                .anyMatch(request -> request.method().equals("GET")
                                        && request.path().startsWith(Installation.JOBS + "/")),
                        program::output,
                        program::alive);
                program.terminate();
                assertThat(program.await()).as(program.output()).isEqualTo(143);
                assertThat(program.output()).isEqualTo(words + "\n");
            }
            if (option.isEmpty()) {
                assertThat(installation.target().rows("select claim_holder, claim_until from tidemark_stream"))
                        .containsExactly("|");
            }
        }
    }

    private static void stop(EveryActionSandbox sandbox, Installation installation) {
        var slow = Fault.drip(Duration.ofMillis(50));
        sandbox.faults().next("GET /exports/*", slow);
        try (Program program = installation.run()) {
            Awaiting.until(
                    () -> sandbox.log().requests().stream()
                            .anyMatch(request -> request.path().startsWith("/exports/")),
                    program::output,
                    program::alive);
            program.terminate();
            assertThat(program.await()).as(program.output()).isZero();
            assertThat(program.output()).doesNotContain("\tat ", "Exception:");
            assertThat(program.output().lines().count()).as(program.output()).isLessThanOrEqualTo(8);
        }
        assertThat(installation.target().rows("select claim_holder, claim_until from tidemark_stream"))
                .containsExactly("|");
        assertThat(installation.target().rows("select * from contacts")).isEmpty();
        assertThat(installation.target().rows("select * from tidemark_staging_contacts"))
                .isEmpty();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
