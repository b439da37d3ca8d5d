package io.tidemark.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowLayoutTest {

    private final RowLayout first = RowLayout.of(
            List.of("VANID", "Name", "Extra", "Note"), List.of("VanID", "Name"), List.of("VanID"), List.of("Note"));

    @Test
    void fieldsAreMatchedExactlyThenWithoutRegardToCase() {
        assertThat(first.names()).containsExactly("VanID", "Name", "Extra", "Note");
        assertThat(first.unknown()).containsExactly("Extra");
        assertThat(first.position("VanID")).isZero();
        assertThat(first.position("extra")).isEqualTo(2);
        assertThat(first.position("Nobody")).isEqualTo(-1);
        assertThat(first.width()).isEqualTo(4);
    }

    @Test
    void aLaterFileMayHaveTheHeaderInAnotherOrder() {
        var records = CsvRecords.read(Cases.open("Note,VANID,Extra,Name\\nn,1,e,Ada\\n"));
        RowLayout layout = first.next(records);
        assertThat(layout.names()).containsExactly("Note", "VanID", "Extra", "Name");
        assertThat(layout.position("VanID")).isEqualTo(1);
        assertThat(records.next().line()).isEqualTo(2);
    }

    @Test
    void aLaterFileMayHaveNoHeader() {
        var records = CsvRecords.read(Cases.open("1,Ada,e,n\\n"));
        assertThat(first.next(records)).isSameAs(first);
        assertThat(records.next().line()).isEqualTo(1);
    }

    @Test
    void aLaterHeaderOfOtherNamesIsRefused() {
        var records = CsvRecords.read(Cases.open("VANID,Name,Extra,Memo\\n1,Ada,e,n\\n"));
        assertThatThrownBy(() -> first.next(records))
                .isInstanceOf(CsvException.class)
                .hasMessage("case.csv, line 1: the header is not the first file's: 1 of its columns are"
                        + " missing and 1 are new; all files of an export must have the same columns");
    }

    @Test
    void ofAFileWithoutAHeaderNoCellIsShown() {
        List<String> fields = List.of("VanID", "FirstName");
        List<String> key = List.of("VanID");
        assertThatThrownBy(() -> RowLayout.of(List.of("77", "Very", "vo@example.org"), fields, key, List.of()))
                .isInstanceOf(CsvException.class)
                .hasMessage("header, line 1: the header lacks the key field VanID; of its 3 columns none is a known"
                        + " field; a file begins with its header, which has that field: ask for it, or correct the"
                        + " stream's key");
        assertThatThrownBy(() -> RowLayout.of(List.of("77", "firstname"), fields, key, List.of()))
                .hasMessageContaining("; of its 2 columns these are known fields: firstname; ");
        assertThatThrownBy(() -> RowLayout.of(List.of("77", "Private", "Private"), fields, key, List.of()))
                .hasMessage("header, line 1: columns 2 and 3 of the header have the same name; ask for that field only"
                        + " once");
    }

    @Test
    void aRowThatHoldsAnOrdinaryFieldsNameIsARow() {
        var records = CsvRecords.read(Cases.open("1,Name,vanid,n\\n"));
        assertThat(first.next(records)).isSameAs(first);
        assertThat(records.hasNext()).isTrue();
    }

    @Test
    void aLaterFileOfBlankLinesHasNoRows() {
        var records = CsvRecords.read(Cases.open("\\n\\n"));
        assertThat(first.next(records)).isSameAs(first);
        assertThat(records.hasNext()).isFalse();
    }
}
