package io.tidemark.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.system.FieldType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypeTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    static Stream<String> values() {
        return Cases.text("values.txt").lines().filter(line -> !line.startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aTextIsAValueOrHasAReasonWhyNot(String line) {
        String[] parts = line.split(" \\| ", -1);
        CellReader reader = ColumnType.parse(parts[0]).reader(NEW_YORK);
        Object value = reader.read(parts[1].equals("<>") ? "" : parts[1]);
        if (parts[2].startsWith("! ")) {
            assertThat(value).isInstanceOf(Misfit.class);
            assertThat(((Misfit) value).reason()).startsWith(parts[2].substring(2));
        } else {
            assertThat(value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value))
                    .isEqualTo(parts[2]);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    bool | boolean
                    BOOLEAN | boolean
                    tinyint(1) | boolean
                    int2 | smallint
                    int | integer
                    int(11) | integer
                    int8 | bigint
                    decimal(10,2) | numeric(10,2)
                    NUMERIC(19, 4) | numeric(19,4)
                    numeric(5) | numeric(5,0)
                    numeric | numeric
                    float8 | double precision
                    Double  Precision | double precision
                    character varying(20) | varchar(20)
                    VARCHAR(20) | varchar(20)
                    character varying | text
                    CHARACTER LARGE OBJECT | text
                    text | text
                    date | date
                    timestamp | timestamp
                    timestamp(6) without time zone | timestamp
                    datetime(6) | timestamp
                    timestamptz | timestamp with time zone
                    TIMESTAMP WITH TIME ZONE | timestamp with time zone
                    timestamp(6) with time zone | timestamp with time zone
                    uuid | uuid
                    """)
    void manySpellingsMeanOneType(String spelling, String canonical) {
        ColumnType type = ColumnType.parse(spelling);
        assertThat(type.sql()).isEqualTo(canonical);
        assertThat(ColumnType.parse(type.sql())).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "real",
                "json",
                "varchar(0)",
                "numeric(2,3)",
                "numeric(0)",
                "date with time zone",
                "text; drop table x",
                "varchar(99999999)",
                "varchar(2,3)",
                "boolean(3)",
                "numeric(5,2) with time zone"
            })
    void whatCannotBeFilledIsRefusedWithTheChoices(String spelling) {
        assertThatThrownBy(() -> ColumnType.parse(spelling))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + spelling + "' is no type that can be filled")
                .hasMessageEndingWith("choose one of boolean, smallint, integer, bigint, numeric, numeric(p,s),"
                        + " double precision, text, varchar(n), date, timestamp, timestamp with time zone, uuid");
    }

    @Test
    void fieldsHaveTheirTypes() {
        assertThat(ColumnType.of(FieldType.BOOLEAN, false).sql()).isEqualTo("boolean");
        assertThat(ColumnType.of(FieldType.TEXT, true).sql()).isEqualTo("text");
        assertThat(ColumnType.of(FieldType.INTEGER, false).sql()).isEqualTo("bigint");
        assertThat(ColumnType.of(FieldType.NUMBER, false).sql()).isEqualTo("numeric");
        assertThat(ColumnType.of(FieldType.NUMBER, true).sql()).isEqualTo("bigint");
        assertThat(ColumnType.of(FieldType.MONEY, false).sql()).isEqualTo("numeric(19,4)");
        assertThat(ColumnType.of(FieldType.DATE, false).sql()).isEqualTo("date");
        assertThat(ColumnType.of(FieldType.TIMESTAMP, false).sql()).isEqualTo("timestamp with time zone");
    }

    @Test
    void equalNumbersAreEqualValues() {
        CellReader free = ColumnType.NUMERIC.reader(NEW_YORK);
        assertThat(free.read("1.50")).isEqualTo(free.read("+1.5")).isEqualTo(free.read("15e-1"));
        assertThat(free.read("100")).isEqualTo(free.read("1E2")).isEqualTo(free.read("100.000000000000000000000000"));
        CellReader money = ColumnType.numeric(19, 4).reader(NEW_YORK);
        assertThat(money.read("$1,000")).isEqualTo(money.read("1000.0")).isEqualTo(money.read("1e3"));
    }

    @Test
    void hugeNumbersAreRefusedBeforeTheyCostTime() {
        assertThat(ColumnType.NUMERIC.reader(NEW_YORK).read("9".repeat(1 << 20)))
                .isEqualTo(new Misfit("has more than 1000 digits before or after the point, which is the limit"));
        assertThat(ColumnType.NUMERIC.reader(NEW_YORK).read("9".repeat(1_000))).isInstanceOf(BigDecimal.class);
        assertThat(ColumnType.NUMERIC.reader(NEW_YORK).read("9".repeat(1_001))).isInstanceOf(Misfit.class);
    }

    @Test
    void aChangeTimeIsOneOnlyWithoutDoubt() {
        var times = new Times(NEW_YORK);
        assertThat(times.certain("2026-03-01T09:15:00")).isEqualTo(Instant.parse("2026-03-01T14:15:00Z"));
        assertThat(times.certain("2026-11-01T01:30:00-05:00")).isEqualTo(Instant.parse("2026-11-01T06:30:00Z"));
        assertThat(times.certain("2026-11-01T01:30:00")).as("comes twice").isNull();
        assertThat(times.certain("2026-03-08T02:30:00")).as("never comes").isNull();
        assertThat(times.certain("2026-03-01")).as("date only").isNull();
        assertThat(times.certain("soon")).isNull();
        assertThat(times.certain("")).isNull();
    }
}
