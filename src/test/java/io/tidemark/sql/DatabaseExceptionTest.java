package io.tidemark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a database says of a row is people's data, and goes no further. */
class DatabaseExceptionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            23505 | Unique index violation: "T.K ON T(ID) ( /* key:1 */ 1, 'Ada')"; SQL | Unique index violation: "T.K ON T(ID)
            23505 | Unique index violation: "T.K ON T(ID) VALUES ( /* 1 */ 'Ada')"     | Unique index violation: "T.K ON T(ID)
            22001 | ERROR: value too long: Ada                                         | ERROR: value too long
            23505 | ERROR: duplicate key value violates unique constraint "k"          | ERROR: duplicate key value violates unique constraint "k"
            """)
    void no_message_repeats_a_row(String state, String message, String words) {
        assertThat(DatabaseException.words(new SQLException(message, state))).isEqualTo(words);
    }
}
