package io.tidemark.sql;

import io.tidemark.csv.ColumnType;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * How PostgreSQL sends a value of one type, its length first.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, binary format</a>
 */
@FunctionalInterface
interface BinaryValue {
    /** 2000-01-01, from which the server counts. */
    int EPOCH_DAY = 10_957;

    int BASE = 10_000;
    int NEGATIVE = 0x4000;
    int MOST_LONG_DIGITS = 18;

    void write(BinaryRow row, Object value) throws SQLException;

    static BinaryValue of(ColumnType.Kind kind) {
        return switch (kind) {
            case BOOLEAN ->
                (row, value) -> {
                    row.int32(1);
                    row.int8((Boolean) value ? 1 : 0);
                };
            case SMALLINT ->
                (row, value) -> {
                    row.int32(Short.BYTES);
                    row.int16((Short) value);
                };
            case INTEGER ->
                (row, value) -> {
                    row.int32(Integer.BYTES);
                    row.int32((Integer) value);
                };
            case BIGINT ->
                (row, value) -> {
                    row.int32(Long.BYTES);
                    row.int64((Long) value);
                };
            case NUMERIC -> (row, value) -> number(row, (BigDecimal) value);
            case DOUBLE ->
                (row, value) -> {
                    row.int32(Double.BYTES);
                    row.int64(Double.doubleToLongBits((Double) value));
                };
            case TEXT, VARCHAR -> (row, value) -> row.text((String) value);
            case DATE ->
                (row, value) -> {
                    row.int32(Integer.BYTES);
                    row.int32(Math.toIntExact(((LocalDate) value).toEpochDay() - EPOCH_DAY));
                };
            case TIMESTAMP ->
                (row, value) -> {
                    Instant time = ((LocalDateTime) value).toInstant(ZoneOffset.UTC);
                    moment(row, time.getEpochSecond(), time.getNano());
                };
            case TIMESTAMPTZ ->
                (row, value) -> {
                    OffsetDateTime time = (OffsetDateTime) value;
                    moment(row, time.toEpochSecond(), time.getNano());
                };
            case UUID ->
                (row, value) -> {
                    UUID uuid = (UUID) value;
                    row.int32(2 * Long.BYTES);
                    row.int64(uuid.getMostSignificantBits());
                    row.int64(uuid.getLeastSignificantBits());
                };
        };
    }

    /** A time in microseconds; nanoseconds below are not there any more. */
    static void moment(BinaryRow row, long epochSecond, int nano) throws SQLException {
        row.int32(Long.BYTES);
        row.int64((epochSecond - EPOCH_DAY * 86_400L) * 1_000_000L + nano / 1_000);
    }

    /** Digits of base 10,000 around the point. */
    private static void number(BinaryRow row, BigDecimal value) throws SQLException {
        BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
        int after = (plain.scale() + 3) / 4;
        BigDecimal aligned = plain.setScale(after * 4);
        short[] digits = aligned.precision() <= MOST_LONG_DIGITS
                ? digits(Math.abs(aligned.unscaledValue().longValue()))
                : digits(aligned.unscaledValue().abs().toString());
        row.int32(8 + 2 * digits.length);
        row.int16(digits.length);
        row.int16(digits.length - after - 1);
        row.int16(value.signum() < 0 ? NEGATIVE : 0);
        row.int16(plain.scale());
        for (short digit : digits) {
            row.int16(digit);
        }
    }

    private static short[] digits(long number) {
        int count = 0;
        for (long rest = number; rest > 0; rest /= BASE) {
            count++;
        }
        var digits = new short[count];
        long rest = number;
        for (int i = count - 1; i >= 0; i--, rest /= BASE) {
            digits[i] = (short) (rest % BASE);
        }
        return digits;
    }

    private static short[] digits(String decimal) {
        var digits = new short[(decimal.length() + 3) / 4];
        int end = decimal.length();
        for (int i = digits.length - 1; i >= 0; i--, end -= 4) {
            digits[i] = Short.parseShort(decimal.substring(Math.max(end - 4, 0), end));
        }
        return digits;
    }
}
