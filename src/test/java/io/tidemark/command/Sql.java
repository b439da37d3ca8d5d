package io.tidemark.command;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A person at the database. */
final class Sql {
    private Sql() {}

    /** Runs a script. */
    static void run(String url, String script) throws SQLException {
        try (var connection = DriverManager.getConnection(url, "sa", "");
                var statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    /** The first column of every row. */
    static List<String> column(String url, String query) throws SQLException {
        try (var connection = DriverManager.getConnection(url, "sa", "");
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            var values = new ArrayList<String>();
            while (row.next()) {
                values.add(row.getString(1));
            }
            return values;
        }
    }
}
