package io.tidemark.settings;

import io.tidemark.csv.ColumnType;
import io.tidemark.settings.StreamSettings.Brake;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How the values of a stream are written that no other part has. */
final class StreamParsers {
    private static final Pattern TABLE = Pattern.compile("[^\\s.\"'`;]+(\\.[^\\s.\"'`;]+)?");
    private static final Pattern COLUMN = Pattern.compile("[^\\s.\"'`;]+");
    private static final Pattern SQL_TYPE =
            Pattern.compile("[A-Za-z][A-Za-z0-9_ ]*(\\([0-9]+(, ?[0-9]+)?\\))?[A-Za-z ]*");
    private static final Pattern ROUTE = Pattern.compile("direct:[A-Za-z0-9][A-Za-z0-9_.-]*");
    private static final String DIRECT = "direct:";
    private static final String OWN = "tidemark_";
    private static final Set<String> OWN_COLUMNS = Set.of("tidemark_id", "tidemark_synced_at", "tidemark_deleted_at");

    private StreamParsers() {}

    static String table(String text) throws RefusedValueException {
        String table = text.strip();
        if (!TABLE.matcher(table).matches()) {
            throw new RefusedValueException("must be table or schema.table, without quotes and blanks");
        }
        if (table.substring(table.indexOf('.') + 1).toLowerCase(Locale.ROOT).startsWith(OWN)) {
            throw new RefusedValueException("must not begin with tidemark_, which the bridge's own tables do");
        }
        return table;
    }

    static String schema(String text) throws RefusedValueException {
        if (!COLUMN.matcher(text.strip()).matches()) {
            throw new RefusedValueException("must be the name of a schema, without quotes, dots and blanks");
        }
        return text.strip();
    }

    static String column(String text) throws RefusedValueException {
        String column = text.strip();
        if (!COLUMN.matcher(column).matches()) {
            throw new RefusedValueException("must be a column's name without quotes, dots and blanks, or "
                    + StreamSettings.LEFT_OUT + " to leave the field out");
        }
        if (OWN_COLUMNS.contains(column.toLowerCase(Locale.ROOT))) {
            throw new RefusedValueException("is a column of the bridge; choose another name");
        }
        return column;
    }

    static String sqlType(String text) throws RefusedValueException {
        if (!SQL_TYPE.matcher(text.strip()).matches()) {
            throw new RefusedValueException("must be a SQL type such as varchar(200) or numeric(12, 2)");
        }
        try {
            ColumnType.parse(text);
        } catch (IllegalArgumentException unknown) {
            throw new RefusedValueException(
                    unknown.getMessage() + Nearest.hint(text.strip().toLowerCase(Locale.ROOT), ColumnType.CHOICES));
        }
        return text.strip();
    }

    static Brake brake(String text) throws RefusedValueException {
        String share = text.strip();
        if (share.equals(TimeParsers.OFF)) {
            return new Brake.Off();
        }
        String message = "must be a share above 0%, at most 100%, such as 20%, or off";
        if (!share.endsWith("%")) {
            throw new RefusedValueException(message);
        }
        return new Brake.Share(Parsers.positive(share.substring(0, share.length() - 1), 100, message));
    }

    /** The name of the route. */
    static String transform(String text) throws RefusedValueException {
        if (!ROUTE.matcher(text.strip()).matches()) {
            throw new RefusedValueException("must be direct:NAME, the start of a route in routes/local");
        }
        return text.strip().substring(DIRECT.length());
    }
}
