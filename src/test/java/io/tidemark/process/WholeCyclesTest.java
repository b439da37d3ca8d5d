package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.everyaction.Doubts;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody reads the table all the while: they see all of a cycle or nothing of it. */
final class WholeCyclesTest {
    @TempDir
    Path folder;

    private final EveryActionSandbox sandbox =
            EveryActionSandbox.start(EveryActionSandbox.Options.standard().data(1, 0));

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void onH2() throws Exception {
        readWhileLoading(Installation.h2(folder, sandbox), 20_000, 200, "-Xmx256m");
    }

    /** The rows alone are larger than the heap. */
    @Test
    void onPostgreSqlWithEightyMegabytesOfRowsInSixtyFour() throws Exception {
        readWhileLoading(Installation.postgreSql(folder, sandbox), 60_000, 1_300, "-Xmx64m");
    }

    private void readWhileLoading(Installation installation, int rows, int length, String heap) throws Exception {
        sandbox.switches().set(Doubts.PENDING_POLLS, 0).set(Doubts.IN_PROCESS_POLLS, 0);
        sandbox.prepareExport("Contacts", List.of(write("first", rows, length)), rows);
        sandbox.prepareExport("Contacts", List.of(write("second", rows + 1, length)), rows + 1);
        Target target = installation.target();
        String none = "nothing";
        String first = "first|" + rows;
        String second = "second|" + (rows + 1);
        Set<String> seen = new LinkedHashSet<>();
        try (Program program = installation.start(List.of(heap), "run")) {
            Awaiting.until(() -> !sandbox.log().requests().isEmpty(), program::output, program::alive);
            try (Connection reader = target.connect()) {
                Awaiting.until(
                        () -> {
                            seen.add(look(reader));
                            return seen.contains(second);
                        },
                        program::output,
                        program::alive);
            }
            assertThat(program.output()).doesNotContain("OutOfMemory", " WARN ");
            program.kill();
        }
        assertThat(seen).containsSubsequence(first, second).isSubsetOf(none, first, second);
    }

    private static String look(Connection reader) {
        try {
            List<String> rows = Target.rows(
                    reader, "select first_name, count(*) from contacts group by first_name order by first_name");
            return rows.isEmpty() ? "nothing" : String.join(" and ", rows);
        } catch (SQLException notYet) {
            if (notYet.getSQLState().startsWith("42")) {
                return "nothing";
            }
            throw new AssertionError(notYet);
        }
    }

    private Path write(String edition, int rows, int length) throws IOException {
        Path file = folder.resolve(edition + ".csv");
        String notes = "quoted because of its commas, ".repeat(length / 30);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("VanID,FirstName,LastName,Email\n");
            for (int i = 0; i < rows; i++) {
                out.write((900_000_000 + i) + "," + edition + ",\"" + notes + "\",person" + i + "@example.org\n");
            }
        }
        return file;
    }
}
