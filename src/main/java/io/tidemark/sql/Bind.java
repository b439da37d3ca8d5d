package io.tidemark.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Binds the parameters of one statement in order, nulls with their type. */
final class Bind {
    private final PreparedStatement statement;
    private int index;

    Bind(PreparedStatement statement) {
        this.statement = statement;
    }

    Bind text(@Nullable String value) throws SQLException {
        statement.setString(++index, value);
        return this;
    }

    Bind number(long value) throws SQLException {
        statement.setLong(++index, value);
        return this;
    }

    Bind number(@Nullable Long value) throws SQLException {
        statement.setObject(++index, value, Types.BIGINT);
        return this;
    }

    Bind flag(boolean value) throws SQLException {
        statement.setBoolean(++index, value);
        return this;
    }

    Bind time(@Nullable Instant value) throws SQLException {
        statement.setObject(
                ++index, value == null ? null : value.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
        return this;
    }

    int update() throws SQLException {
        return statement.executeUpdate();
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
