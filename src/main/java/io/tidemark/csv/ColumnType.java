package io.tidemark.csv;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.FieldType;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A SQL type that the bridge can fill.
 *
 * @param size a VARCHAR's characters, a NUMERIC's digits; 0 for a NUMERIC without limits and for every other type
 * @param scale a NUMERIC's decimals
 */
public record ColumnType(Kind kind, int size, int scale) {

    /** The types, and the class and normal form of their values. */
    public enum Kind {
        /** {@link Boolean}. */
        BOOLEAN,
        /** {@link Short}. */
        SMALLINT,
        /** {@link Integer}. */
        INTEGER,
        /** {@link Long}. */
        BIGINT,
        /** {@link java.math.BigDecimal}: of exactly the type's scale, or, without limits, without trailing zeros. */
        NUMERIC,
        /** {@link Double}, finite, no negative zero. */
        DOUBLE,
        /** {@link String} without NUL. */
        TEXT,
        /** {@link String} without NUL, of at most so many code points. */
        VARCHAR,
        /** {@link java.time.LocalDate}. */
        DATE,
        /** {@link java.time.LocalDateTime}, to the microsecond, in the source's zone. */
        TIMESTAMP,
        /** {@link java.time.OffsetDateTime}, to the microsecond, in UTC. */
        TIMESTAMPTZ,
        /** {@link java.util.UUID}. */
        UUID
    }

    public static final ColumnType BOOLEAN = plain(Kind.BOOLEAN);
    public static final ColumnType SMALLINT = plain(Kind.SMALLINT);
    public static final ColumnType INTEGER = plain(Kind.INTEGER);
    public static final ColumnType BIGINT = plain(Kind.BIGINT);
    public static final ColumnType NUMERIC = plain(Kind.NUMERIC);
    public static final ColumnType DOUBLE = plain(Kind.DOUBLE);
    public static final ColumnType TEXT = plain(Kind.TEXT);
    public static final ColumnType DATE = plain(Kind.DATE);
    public static final ColumnType TIMESTAMP = plain(Kind.TIMESTAMP);
    public static final ColumnType TIMESTAMPTZ = plain(Kind.TIMESTAMPTZ);
    public static final ColumnType UUID = plain(Kind.UUID);

    private static final int MOST_DIGITS = 1_000;
    private static final int MOST_CHARACTERS = 10_485_760;

    /** How the types are written, a size as a letter. */
    public static final List<String> CHOICES = List.of(
            "boolean",
            "smallint",
            "integer",
            "bigint",
            "numeric",
            "numeric(p,s)",
            "double precision",
            "text",
            "varchar(n)",
            "date",
            "timestamp",
            "timestamp with time zone",
            "uuid");

    private static final Pattern SQL = Pattern.compile(
            "([a-z]+[0-9]?(?: (?:precision|varying|large object))*)\\s*(?:\\(\\s*(\\d{1,9})\\s*(?:,\\s*(\\d{1,9})\\s*)?\\))?"
                    + "\\s*(with time zone|without time zone)?");

    public ColumnType {
        requireNonNull(kind, "kind is null");
        boolean fits = switch (kind) {
            case VARCHAR -> size >= 1 && size <= MOST_CHARACTERS && scale == 0;
            case NUMERIC -> size >= 0 && size <= MOST_DIGITS && scale >= 0 && scale <= size;
            default -> size == 0 && scale == 0;
        };
        if (!fits) {
            throw new IllegalArgumentException(kind.name().toLowerCase(Locale.ROOT) + " of size " + size + " and scale "
                    + scale + "; varchar takes 1 to " + MOST_CHARACTERS + " characters, numeric up to " + MOST_DIGITS
                    + " digits of which the decimals are a part");
        }
    }

    public static ColumnType numeric(int digits, int decimals) {
        if (digits < 1) {
            throw new IllegalArgumentException("numeric needs at least 1 digit, not " + digits);
        }
        return new ColumnType(Kind.NUMERIC, digits, decimals);
    }

    public static ColumnType varchar(int characters) {
        return new ColumnType(Kind.VARCHAR, characters, 0);
    }

    /** The type of a field's column where nobody chose another. */
    public static ColumnType of(FieldType type, boolean key) {
        return switch (type) {
            case BOOLEAN -> BOOLEAN;
            case TEXT -> TEXT;
            case INTEGER -> BIGINT;
            case NUMBER -> key ? BIGINT : NUMERIC;
            case MONEY -> numeric(19, 4);
            case DATE -> DATE;
            case TIMESTAMP -> TIMESTAMPTZ;
        };
    }

    /**
     * The type that a SQL spelling means, of any of the databases.
     *
     * @throws IllegalArgumentException with the valid choices
     */
    public static ColumnType parse(String sql) {
        String folded = sql.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        var found = SQL.matcher(folded);
        if (!found.matches()) {
            throw unknown(sql, null);
        }
        int size = found.group(2) == null ? 0 : Integer.parseInt(found.group(2));
        int scale = found.group(3) == null ? 0 : Integer.parseInt(found.group(3));
        String zone = found.group(4);
        String name = found.group(1);
        if ((zone != null && !name.equals("timestamp"))
                || (found.group(3) != null && !name.equals("numeric") && !name.equals("decimal"))) {
            throw unknown(sql, null);
        }
        try {
            return switch (name) {
                case "boolean", "bool" -> withoutSize(BOOLEAN, size, sql);
                case "tinyint" -> size == 1 ? BOOLEAN : SMALLINT;
                case "smallint", "int2" -> SMALLINT;
                case "integer", "int", "int4" -> INTEGER;
                case "bigint", "int8" -> BIGINT;
                case "numeric", "decimal", "dec" -> found.group(2) == null ? NUMERIC : numeric(size, scale);
                case "decfloat" -> NUMERIC;
                case "double precision", "double", "float8" -> withoutSize(DOUBLE, size, sql);
                case "text", "clob", "mediumtext", "longtext", "character large object" -> TEXT;
                case "varchar", "character varying", "char varying" -> found.group(2) == null ? TEXT : varchar(size);
                case "date" -> withoutSize(DATE, size, sql);
                case "timestamp" -> "with time zone".equals(zone) ? TIMESTAMPTZ : TIMESTAMP;
                case "datetime" -> TIMESTAMP;
                case "timestamptz" -> TIMESTAMPTZ;
                case "uuid" -> withoutSize(UUID, size, sql);
                default -> throw unknown(sql, null);
            };
        } catch (IllegalArgumentException e) {
            throw e.getMessage() != null && e.getMessage().startsWith("'") ? e : unknown(sql, e);
        }
    }

    /** The type in the standard's words; a database may spell it differently. */
    public String sql() {
        return switch (kind) {
            case NUMERIC -> size == 0 ? "numeric" : "numeric(" + size + "," + scale + ")";
            case VARCHAR -> "varchar(" + size + ")";
            case DOUBLE -> "double precision";
            case TIMESTAMPTZ -> "timestamp with time zone";
            default -> kind.name().toLowerCase(Locale.ROOT);
        };
    }

    /** How likely the values of a field are ones of a column. */
    public enum Fit {
        /** They are, but for lengths and digits. */
        WELL,
        /** Some may be: a text can be a number. */
        PERHAPS,
        /** None is. */
        NEVER
    }

    /** Whether a column of this type holds what a field of the other one has. */
    public Fit fits(ColumnType field) {
        Family own = family();
        Family other = field.family();
        if (own == other || own == Family.TEXT) {
            return Fit.WELL;
        }
        boolean loose =
                other == Family.TEXT || Set.of(Family.BOOLEAN, Family.NUMBER).containsAll(Set.of(own, other));
        return loose ? Fit.PERHAPS : Fit.NEVER;
    }

    private enum Family {
        TEXT,
        NUMBER,
        BOOLEAN,
        TIME,
        UUID
    }

    private Family family() {
        return switch (kind) {
            case TEXT, VARCHAR -> Family.TEXT;
            case SMALLINT, INTEGER, BIGINT, NUMERIC, DOUBLE -> Family.NUMBER;
            case BOOLEAN -> Family.BOOLEAN;
            case DATE, TIMESTAMP, TIMESTAMPTZ -> Family.TIME;
            case UUID -> Family.UUID;
        };
    }

    /**
     * A reader of this type's cells. Spaces around a value of any type but text mean nothing.
     *
     * @param zone where times without an offset are read: of an hour that comes twice the first is meant, a time that is
     *     skipped moves on by the gap
     */
    public CellReader reader(ZoneId zone) {
        return switch (kind) {
            case BOOLEAN -> Scalars::bool;
            case SMALLINT -> Integers.reader(Short.MIN_VALUE, Short.MAX_VALUE, value -> (short) value);
            case INTEGER -> Integers.reader(Integer.MIN_VALUE, Integer.MAX_VALUE, value -> (int) value);
            case BIGINT -> Integers.reader(Long.MIN_VALUE, Long.MAX_VALUE, value -> value);
            case NUMERIC -> new Decimals(size, scale);
            case DOUBLE -> Scalars::floating;
            case TEXT -> new Texts(0);
            case VARCHAR -> new Texts(size);
            case DATE -> new Times(zone)::date;
            case TIMESTAMP -> new Times(zone)::local;
            case TIMESTAMPTZ -> new Times(zone)::moment;
            case UUID -> Scalars::uuid;
        };
    }

    private static ColumnType plain(Kind kind) {
        return new ColumnType(kind, 0, 0);
    }

    private static ColumnType withoutSize(ColumnType type, int size, String sql) {
        if (size != 0) {
            throw unknown(sql, null);
        }
        return type;
    }

    private static IllegalArgumentException unknown(String sql, @Nullable Throwable cause) {
        String detail = cause == null ? "" : " (" + cause.getMessage() + ")";
        return new IllegalArgumentException(
                "'" + Shown.text(sql, 60) + "' is no type that can be filled" + detail + "; choose one of "
                        + String.join(", ", CHOICES),
                cause);
    }
}
