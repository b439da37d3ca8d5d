package io.tidemark.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks through keys that were staged several times for those where nothing says which record is the latest. */
final class Duplicates {
    private static final int NAMED = 10;
    private static final int FETCHED = 1_000;

    private final int keys;
    private final int width;

    /** @param columns those of the export */
    Duplicates(List<TargetColumn> columns) {
        this.keys = (int) columns.stream().filter(TargetColumn::key).count();
        this.width = columns.size() + 2;
    }

    /** Warns of keys whose records differ without a time; the last one read is kept. */
    void warnOfUndecided(Connection connection, String duplicates, List<String> warnings) throws SQLException {
        var undecided = new ArrayList<String>();
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCHED);
            try (ResultSet row = statement.executeQuery(duplicates)) {
                List<@Nullable Object> latest = List.of();
                boolean named = false;
                while (row.next() && undecided.size() <= NAMED) {
                    List<@Nullable Object> next = values(row);
                    if (latest.isEmpty() || !key(next).equals(key(latest))) {
                        latest = next;
                        named = false;
                    } else if (!named && undecided(latest, next)) {
                        undecided.add(key(next).stream().map(String::valueOf).collect(Collectors.joining("/")));
                        named = true;
                    }
                }
            }
        }
        if (!undecided.isEmpty()) {
            boolean many = undecided.size() > NAMED;
            warnings.add(
                    "several records of one key differ and no time says which is the latest, so the last one is kept: "
                            + String.join(", ", many ? undecided.subList(0, NAMED) : undecided)
                            + (many ? " and more" : ""));
        }
    }

    /** Times are equal or missing, and something else is not equal. */
    private boolean undecided(List<@Nullable Object> latest, List<@Nullable Object> next) {
        return Objects.equals(latest.get(keys), next.get(keys)) && !latest.equals(next);
    }

    private List<@Nullable Object> key(List<@Nullable Object> row) {
        return row.subList(0, keys);
    }

    private List<@Nullable Object> values(ResultSet row) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(width);
        for (int i = 1; i <= width; i++) {
            values.add(row.getObject(i));
        }
        return values;
    }
}
