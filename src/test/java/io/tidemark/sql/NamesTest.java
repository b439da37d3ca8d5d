package io.tidemark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "VanID, van_id",
        "ZipOrPostal, zip_or_postal",
        "lifetimeRevenue/amount, lifetime_revenue_amount",
        "HTTPServerName, http_server_name",
        "email, email",
        "EMAIL, email",
        "First Name, first_name",
        "already_snake, already_snake",
        "Address1Line, address1line",
        "1stGift, _1st_gift",
        "select, select",
        "'\"; drop table x; --', ___drop_table_x____",
        "Größe, gr__e"
    })
    void aFieldBecomesSnakeCase(String field, String column) {
        assertThat(Names.snake(field)).isEqualTo(column);
    }

    @Test
    void aLongNameIsCutWithASuffixThatStays() {
        String first = Names.snake("a".repeat(199) + "1");

        assertThat(first).hasSize(Names.LONGEST).startsWith("aaaa").isEqualTo(Names.snake("a".repeat(199) + "1"));
        assertThat(Names.snake("a".repeat(199) + "2")).isNotEqualTo(first);
    }

    @Test
    void aTwinHasASuffixOfItsOwn() {
        assertThat(Names.twin("VanID")).startsWith("van_id_").isNotEqualTo(Names.twin("vanId"));
    }

    @Test
    void aDerivedNameFitsInBytes() {
        assertThat(Names.derived("contacts", "_current")).isEqualTo("contacts_current");
        assertThat(Names.derived("é".repeat(60), "_current").getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(Names.LONGEST);
        assertThat(Names.derived("é".repeat(60), "_current")).endsWith("_current");
    }
}
