package io.tidemark.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.csv.ContentInfo;
import io.tidemark.csv.CsvException;
import io.tidemark.csv.CsvRecords;
import io.tidemark.csv.CsvText;
import io.tidemark.settings.DatabaseSettings;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What every contract of the dialects needs: an empty real database, a stream, and files to load into it. */
abstract class DialectContract {
    static final long CYCLE = 7;
    static final String HEADER = "VanID,FirstName,Amount,DateChanged,Deleted\n";

    final TestStream stream = new TestStream();

    @TempDir
    Path folder;

    Database database;

    abstract DatabaseSettings fresh(Path folder);

    @BeforeEach
    void open() {
        database = Database.open(fresh(folder));
        new Migrations(database).run();
    }

    @AfterEach
    void close() {
        database.close();
    }

    Target target() {
        return Target.prepare(database, stream.settings(), stream.shape(), ZoneOffset.UTC);
    }

    LoadCounts load(String... files) {
        return load(OptionalLong.empty(), files);
    }

    /** Every load is rehearsed first: what was foreseen must come true. */
    LoadCounts load(OptionalLong announced, String... files) {
        Optional<LoadCounts> foreseen = rehearse(announced, files);
        try (Load load = opened()) {
            stage(load, files);
            LoadCounts counts = load.commit(announced, nothing());
            assertThat(foreseen)
                    .get()
                    .usingRecursiveComparison()
                    .ignoringFields("warnings")
                    .isEqualTo(counts);
            return counts;
        }
    }

    /** What a load of these files would do; empty where it would be refused. */
    Optional<LoadCounts> rehearse(OptionalLong announced, String... files) {
        Target target;
        try {
            target = Target.rehearse(database, stream.settings(), stream.shape(), ZoneOffset.UTC);
        } catch (LoadException refused) {
            return Optional.empty();
        }
        try (Load load = new Loader(database, Elsewhere.STATE).open(target, CYCLE, null, null)) {
            stage(load, files);
            return Optional.of(load.commit(announced, nothing()));
        } catch (LoadException | CsvException refused) {
            return Optional.empty();
        }
    }

    /** Where rehearsals keep what a load keeps of its own. */
    static final class Elsewhere {
        static final Database STATE = open();

        private static Database open() {
            Database database =
                    Database.open(new DatabaseSettings("jdbc:h2:mem:rehearsals", "sa", "", 2, Optional.empty(), true));
            new Migrations(database).run();
            return database;
        }
    }

    Load opened() {
        return new Loader(database).open(target(), CYCLE, null, null);
    }

    static void stage(Load load, String... files) {
        for (int i = 0; i < files.length; i++) {
            load.stage(records("file " + (i + 1), files[i]));
        }
    }

    static CsvRecords records(String name, String csv) {
        byte[] bytes = csv.getBytes(UTF_8);
        return CsvRecords.read(CsvText.open(new ByteArrayInputStream(bytes), ContentInfo.ofFile(name, bytes.length)));
    }

    static Load.Commit nothing() {
        return new Load.Commit() {
            @Override
            public void begin(Connection connection) {}

            @Override
            public void finish(Connection connection, LoadCounts counts) {}
        };
    }

    void run(String... statements) {
        database.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
            return statements;
        });
    }

    /** Each row as its values joined by a bar, an empty place for null. */
    List<String> rows(String query) {
        return database.inTransaction(connection -> rows(connection, query));
    }

    static List<String> rows(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            var rows = new ArrayList<String>();
            int width = row.getMetaData().getColumnCount();
            while (row.next()) {
                var values = new ArrayList<String>();
                for (int i = 1; i <= width; i++) {
                    String value = row.getString(i);
                    values.add(value == null ? "" : value);
                }
                rows.add(String.join("|", values));
            }
            return rows;
        }
    }
}
