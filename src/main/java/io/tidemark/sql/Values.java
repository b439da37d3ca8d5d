package io.tidemark.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemark.csv.ColumnType;
import io.tidemark.csv.Misfit;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row's values as texts in the one normal form of their column's type, so that equal values are equal texts; null for
 * no value, which an empty text is, too. Immutable.
 *
 * @param zone where times without an offset are read
 */
record Values(List<TargetColumn> columns, ZoneId zone) {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<LinkedHashMap<String, JsonNode>> OBJECT = new TypeReference<>() {};

    Values {
        columns = List.copyOf(columns);
    }

    /** The columns of a result that starts with them, by name. */
    Map<String, @Nullable String> read(ResultSet row, int first) throws SQLException {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            TargetColumn column = columns.get(i);
            values.put(column.name(), text(object(row, first + i, column.type())));
        }
        return values;
    }

    private static @Nullable Object object(ResultSet row, int index, ColumnType type) throws SQLException {
        return switch (type.kind()) {
            case BOOLEAN -> row.getObject(index, Boolean.class);
            case SMALLINT, INTEGER, BIGINT -> row.getObject(index, Long.class);
            case NUMERIC -> row.getBigDecimal(index);
            case DOUBLE -> row.getObject(index, Double.class);
            case TEXT, VARCHAR -> row.getString(index);
            case DATE -> row.getObject(index, LocalDate.class);
            case TIMESTAMP -> row.getObject(index, LocalDateTime.class);
            case TIMESTAMPTZ -> row.getObject(index, OffsetDateTime.class);
            case UUID -> row.getObject(index, java.util.UUID.class);
        };
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value == null || value.equals("")) {
            return null;
        }
        if (value instanceof BigDecimal number) {
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        }
        if (value instanceof OffsetDateTime moment) {
            return moment.toInstant().toString();
        }
        return value.toString();
    }

    /** A text in any form that the column's type reads; one that it does not read stays as it is. */
    @Nullable
    String normal(TargetColumn column, @Nullable String raw) {
        Object value = raw == null ? null : column.type().reader(zone).read(raw);
        return value instanceof Misfit ? raw : text(value);
    }

    /** Binds a value in its normal form. */
    void bind(PreparedStatement statement, int index, TargetColumn column, @Nullable String value) throws SQLException {
        Object object = value == null ? null : column.type().reader(zone).read(value);
        if (object instanceof Misfit misfit) {
            throw new LoadException("column " + column.name() + " cannot hold a value: " + misfit.reason());
        }
        statement.setObject(index, object);
    }

    /** The names of the columns that hold these fields of the export. */
    Set<String> columnsOf(Set<String> fields) {
        return columns.stream()
                .filter(column -> fields.contains(column.field()))
                .map(TargetColumn::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Values by the export's field as values by column; fields without a column are left out. */
    Map<String, @Nullable String> ofFields(Map<String, @Nullable String> fields) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (TargetColumn column : columns) {
            if (!column.key() && fields.containsKey(column.field())) {
                values.put(column.name(), normal(column, fields.get(column.field())));
            }
        }
        return values;
    }

    /** Values by column as values by the export's field. */
    Map<String, @Nullable String> toFields(Map<String, @Nullable String> values) {
        Map<String, @Nullable String> fields = new LinkedHashMap<>();
        for (TargetColumn column : columns) {
            if (values.containsKey(column.name())) {
                fields.put(column.field(), values.get(column.name()));
            }
        }
        return fields;
    }

    /** Stored values by column, in their normal form; columns that are no longer there, and the key, are left out. */
    Map<String, @Nullable String> fromJson(@Nullable String json) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        if (json != null) {
            Map<String, JsonNode> stored = parsed(json);
            for (TargetColumn column : columns) {
                JsonNode value = stored.get(column.name());
                if (value != null && !column.key()) {
                    values.put(column.name(), value.isNull() ? null : normal(column, value.asText()));
                }
            }
        }
        return values;
    }

    private static Map<String, JsonNode> parsed(String json) {
        try {
            return JSON.readValue(json, OBJECT);
        } catch (JsonProcessingException broken) {
            throw new DatabaseException("a stored change is no JSON object", broken);
        }
    }

    static String toJson(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Map<String, JsonNode> json(@Nullable String json) {
        return json == null ? Map.of() : parsed(json);
    }
}
