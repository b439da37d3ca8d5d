package io.tidemark.process;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The target database, as anybody but the program sees it: each look is a connection of its own. */
record Target(String url, String user, String password) {

    boolean h2() {
        return url.startsWith("jdbc:h2:");
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** Each row as its values joined by a bar, an empty place for null. */
    List<String> rows(String query) {
        try (Connection connection = connect()) {
            return rows(connection, query);
        } catch (SQLException failed) {
            throw new AssertionError(query, failed);
        }
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

    long number(String query) {
        return Long.parseLong(rows(query).get(0));
    }

    void run(String... statements) {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw new AssertionError(List.of(statements).toString(), failed);
        }
    }

    /** Waits until so many of the program's statements wait for somebody's lock. */
    void awaitBlocked(long statements) {
        String waiting = h2()
                ? "select count(*) from information_schema.sessions where blocker_id is not null"
                : "select count(*) from pg_stat_activity where datname = current_database()"
                        + " and application_name = 'tidemark' and wait_event_type = 'Lock'";
        Awaiting.until(() -> number(waiting) >= statements, () -> "no " + statements + " statements wait");
    }

    boolean has(String table) {
        return number("select count(*) from information_schema.tables where lower(table_name) = '"
                        + table.toLowerCase(Locale.ROOT) + "'")
                > 0;
    }
}
