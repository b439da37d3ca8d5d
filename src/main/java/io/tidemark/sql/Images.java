package io.tidemark.sql;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.sql.Clob;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/** Values of H2's rows as JSON in the shapes that PostgreSQL gives them: ISO times, in UTC where they have a zone. */
final class Images {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter();

    private Images() {}

    static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode read(String json) throws SQLException {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException | ClassCastException broken) {
            throw new SQLException("a JSON object of Tidemark's cannot be read", broken);
        }
    }

    static String write(ObjectNode node) throws SQLException {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException broken) {
            throw new SQLException("a row cannot be written as JSON", broken);
        }
    }

    static void put(ObjectNode node, String column, @Nullable Object value) throws SQLException {
        Object plain = plain(value);
        if (plain == null) {
            node.putNull(column);
        } else if (plain instanceof Boolean flag) {
            node.put(column, flag);
        } else if (plain instanceof BigDecimal number) {
            node.put(column, number);
        } else if (plain instanceof Double number) {
            node.put(column, number);
        } else if (plain instanceof Number number) {
            node.put(column, number.longValue());
        } else {
            node.put(column, text(plain));
        }
    }

    /** The value that counts: an empty text is none, a large text is a text. */
    static @Nullable Object plain(@Nullable Object value) throws SQLException {
        if (value instanceof Clob large) {
            return plain(large.getSubString(1, Math.toIntExact(large.length())));
        }
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        return "".equals(value) ? null : value;
    }

    static String text(Object plain) {
        if (plain instanceof OffsetDateTime moment) {
            return TIME.format(moment.withOffsetSameInstant(ZoneOffset.UTC)) + "+00:00";
        }
        return plain instanceof LocalDateTime time ? TIME.format(time) : plain.toString();
    }

    static boolean differ(@Nullable Object one, @Nullable Object other) throws SQLException {
        if (one == other) {
            return false;
        }
        Object a = plain(one);
        Object b = plain(other);
        if (a == null || b == null) {
            return a != b;
        }
        if (a instanceof BigDecimal number && b instanceof BigDecimal another) {
            return number.compareTo(another) != 0;
        }
        if (a instanceof OffsetDateTime moment && b instanceof OffsetDateTime another) {
            return !moment.isEqual(another);
        }
        return !a.equals(b);
    }

    /** What of a base differs from a row; a column that the base does not know had no value. */
    static ObjectNode differing(ObjectNode base, ObjectNode image) {
        ObjectNode differing = empty();
        image.properties().forEach(column -> {
            JsonNode held = base.has(column.getKey()) ? base.get(column.getKey()) : NullNode.instance;
            if (!same(held, column.getValue())) {
                differing.set(column.getKey(), held);
            }
        });
        return differing;
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return (one.isNumber() && other.isNumber())
                ? one.decimalValue().compareTo(other.decimalValue()) == 0
                : one.equals(other);
    }
}
