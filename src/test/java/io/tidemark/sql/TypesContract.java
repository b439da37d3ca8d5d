package io.tidemark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.system.Field;
import io.tidemark.system.FieldType;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every type goes through staging into the table and is equal to itself when it comes again, on every database. */
abstract class TypesContract extends DialectContract {

    /** Type, what comes, how the database shows it as text, and another spelling of the same value. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "boolean|yes|true|1",
                "boolean|N|false|false",
                "smallint|-32768|-32768|-32768",
                "integer|2147483647|2147483647|+2147483647",
                "bigint|-9223372036854775808|-9223372036854775808|-9223372036854775808",
                "numeric|1.50|1.5|1.5",
                "numeric|-0.000012345678901234567890|-0.00001234567890123456789|-.00001234567890123456789",
                "numeric|120000|120000|1.2E5",
                "numeric|0.00|0|-0",
                "numeric|98765432109876543210987654321.5|98765432109876543210987654321.5|98765432109876543210987654321.50",
                "numeric(19,4)|$1,234.5|1234.5000|1234.50",
                "numeric(6,2)|-9999.99|-9999.99|-9999.990",
                "double precision|1.5e3|1500.0|1500.0",
                "double precision|-0|0.0|0.0",
                "text|NA|NA|NA",
                "varchar(5)|Zoë😀|Zoë😀|Zoë😀",
                "date|2024-02-29|2024-02-29|2024-02-29",
                "date|0001-01-01|0001-01-01|0001-01-01",
                "timestamp|2024-01-02T03:04:05.1234567|2024-01-02 03:04:05.123456|2024-01-02T03:04:05.123456",
                "timestamp|1969-12-31T23:59:59.999999|1969-12-31 23:59:59.999999|1969-12-31T23:59:59.999999",
                "timestamp with time zone|2024-01-02T03:04:05.5-05:00|2024-01-02T08:04:05.500Z|2024-01-02T08:04:05.500Z",
                "uuid|A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"
                        + "|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"
            })
    void aValueArrivesAndIsEqualInEverySpelling(String type, String cell, String shown, String again) {
        stream.types.put("Value", type);
        stream.fields.add(new Field("Value", FieldType.TEXT, true));

        assertThat(load("VanID,Value\n1,\"" + cell + "\"\n2,\n").inserted()).isEqualTo(2);

        assertThat(held(type)).isEqualTo(shown);
        assertThat(load("VanID,Value\n1,\"" + again + "\"\n2,\"\"\n"))
                .isEqualTo(new LoadCounts(2, 0, 0, 2, 0, 0, 0, List.of()));
        assertThat(load("VanID,Value\n1,\n").updated()).isEqualTo(1);
    }

    /** The value as the driver gives it, written without regard to how a database prints it. */
    private String held(String type) {
        return database.inTransaction(connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("select " + quoted() + " from contacts where van_id = 1")) {
                row.next();
                if (type.startsWith("numeric")) {
                    return row.getBigDecimal(1).toPlainString();
                }
                if (type.equals("timestamp with time zone")) {
                    return row.getObject(1, OffsetDateTime.class).toInstant().toString();
                }
                if (type.equals("double precision")) {
                    return String.valueOf(row.getDouble(1));
                }
                return type.equals("boolean") ? String.valueOf(row.getBoolean(1)) : row.getString(1);
            }
        });
    }

    private String quoted() {
        return database.dialect().quote(database.dialect().fold("value"));
    }
}
