package io.tidemark.system.accountengagement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AccountEngagementCsvTest {

    @Test
    void whatIsWrittenIsReadAgain() {
        List<String> cells = List.of("a", "", "b,c", "d\"e", "f\r\ng", " h ");
        assertThat(AccountEngagementCsv.records(
                        AccountEngagementCsv.line(cells) + AccountEngagementCsv.line(List.of("x", "y"))))
                .containsExactly(cells, List.of("x", "y"));
    }

    @Test
    void plainCellsAnyLineEndAndABrokenEndAreUnderstood() {
        assertThat(AccountEngagementCsv.records("\uFEFFa,b\n1,\r\n\r\n2,\"x\"y\r3,\"open"))
                .containsExactly(List.of("a", "b"), List.of("1", ""), List.of("2", "xy"), List.of("3", "open"));
        assertThat(AccountEngagementCsv.records("")).isEmpty();
    }

    @Test
    void theBoundaryOfAFormIsNotInItsFile() {
        AccountEngagementCsv.Form form = AccountEngagementCsv.form("n", "f.csv", "tidemark tidemark-");
        assertThat(form.type()).isEqualTo("multipart/form-data; boundary=tidemark--; charset=UTF-8");
        assertThat(form.body()).endsWith("\r\n\r\ntidemark tidemark-\r\n--tidemark----\r\n");
    }

    @Test
    void errorsAreKnownByTheKeyAndSaidByTheColumnsThatWereNotSent() {
        var errors = AccountEngagementImportErrors.of(
                "MATCHID,firstName,code,why\n7,Ada,4, bad \n,Bo,5,no key\n8,,,\n",
                "matchId",
                List.of("matchId", "firstName"));
        assertThat(errors.words()).isEqualTo(Map.of("7", "4, bad", "8", ""));
        assertThat(errors.rows()).isEqualTo(2);
    }

    @Test
    void withoutTheKeyNothingIsKnown() {
        assertThat(AccountEngagementImportErrors.of("id,why\n7,bad\n", "matchId", List.of("matchId")))
                .isEqualTo(AccountEngagementImportErrors.NONE);
        assertThat(AccountEngagementImportErrors.of("", "matchId", List.of("matchId")))
                .isEqualTo(AccountEngagementImportErrors.NONE);
    }
}
