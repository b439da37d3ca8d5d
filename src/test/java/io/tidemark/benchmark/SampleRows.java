package io.tidemark.benchmark;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Invented contacts of twenty columns with quotes, newlines and non-ASCII text; the same numbers give the same rows. */
final class SampleRows {
    static final List<String> HEADER = List.of(
            "VanID",
            "FirstName",
            "MiddleName",
            "LastName",
            "Email",
            "Phone",
            "PhoneOptInStatus",
            "StreetAddress",
            "City",
            "State",
            "ZipOrPostal",
            "IsDeceased",
            "ContactMode",
            "ChangeTypeID",
            "Prefix",
            "Suffix",
            "EmployerName",
            "Notes",
            "DateCreated",
            "LastUpdatedOn");

    private static final List<String> FIRST = List.of("Ada", "Bo", "Dörte", "Émile", "Grażyna", "小梅", "Óscar", "Fen");
    private static final List<String> LAST =
            List.of("Example", "\"Muster, Jr.\"", "O'Sample", "\"\"\"Duke\"\" Testman\"", "Ñandú", "van der Probe");

    private SampleRows() {}

    /**
     * Writes one file.
     *
     * @param step 1 for every key, 2 for every second
     * @param edition rows of one key differ between editions
     */
    static void write(Path file, int rows, int step, int edition) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(String.join(",", HEADER));
            out.write('\n');
            var line = new StringBuilder(400);
            for (int i = 0; i < rows; i += step) {
                line.setLength(0);
                row(line, i, edition);
                out.append(line);
            }
        }
    }

    private static void row(StringBuilder line, int i, int edition) {
        line.append(100_000_000 + i).append(',');
        line.append(FIRST.get(i % FIRST.size())).append(',');
        line.append(i % 3 == 0 ? "" : "M" + i % 26).append(',');
        line.append(LAST.get(i % LAST.size())).append(',');
        line.append("person").append(i).append(".v").append(edition).append("@example.org,");
        line.append("(555) 010-").append(1000 + i % 9000).append(",U,");
        line.append('"')
                .append(i % 999)
                .append(" Sample Street, Apt ")
                .append(i % 77)
                .append("\",");
        line.append("Sampleton am Übungssee,IL,6").append(1000 + i % 9000).append(',');
        line.append(i % 50 == 0 ? "true" : "false").append(",1,1,");
        line.append(i % 4 == 0 ? "Dr." : "")
                .append(',')
                .append(i % 9 == 0 ? "III" : "")
                .append(',');
        line.append("Example & Söhne ").append(i % 1000).append(',');
        line.append("\"said: \"\"maybe\"\"\nthen left, edition ")
                .append(edition)
                .append(" of ")
                .append(i)
                .append("\",");
        line.append("2025-0").append(1 + i % 9).append("-1").append(i % 10).append(',');
        line.append("2026-10-0")
                .append(1 + edition)
                .append("T09:15:")
                .append(10 + i % 50)
                .append('\n');
    }
}
