package io.tidemark.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class SheetRecordsTest {
    private static final String ROWS = """
            <row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>Amount</t></is></c>\
            <c r="C1" t="inlineStr"><is><t>Tags</t></is></c></row>\
            <row r="2"><c r="A2" t="inlineStr"><is><t>Ann &amp; Bo</t></is></c><c r="B2"><v>25.50</v></c></row>\
            <row r="4"><c r="C4" t="inlineStr"><is><t>north\nvip</t></is></c></row>""";

    @Test
    void a_row_is_a_record_as_wide_as_the_header() throws IOException {
        assertThat(records(workbook(ROWS)))
                .containsExactly("1: [Name, Amount, Tags]", "2: [Ann & Bo, 25.50, ]", "4: [, , north\nvip]");
    }

    @Test
    void anything_but_a_workbook_is_refused() {
        assertThatThrownBy(() -> records("Name,Amount\n".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("no XLSX workbook");
    }

    @Test
    void a_cut_workbook_is_refused() throws IOException {
        byte[] whole = workbook(ROWS);
        assertThatThrownBy(() -> records(Arrays.copyOf(whole, whole.length / 2)))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("no XLSX workbook");
    }

    @Test
    void the_temporary_file_is_gone_in_the_end() throws IOException {
        List<Path> before = temporary();
        records(workbook(ROWS));
        assertThat(temporary()).isEqualTo(before);
    }

    private static List<Path> temporary() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().matches("tidemark-.*\\.xlsx"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> records(byte[] bytes) {
        var shown = new ArrayList<String>();
        try (var sheet = SheetRecords.open(new ByteArrayInputStream(bytes), ContentInfo.unknown("f"))) {
            sheet.records().forEachRemaining(record -> shown.add(record.line() + ": " + List.of(record.cells())));
        }
        return shown;
    }

    private static byte[] workbook(String rows) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            put(zip, "[Content_Types].xml", """
                    <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
                    <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>\
                    <Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>\
                    </Types>""");
            put(zip, "xl/workbook.xml", """
                    <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
                    xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">\
                    <sheets><sheet name="Contacts" sheetId="1" r:id="rId1"/></sheets></workbook>""");
            put(zip, "xl/_rels/workbook.xml.rels", """
                    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
                    <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" \
                    Target="worksheets/sheet1.xml"/></Relationships>""");
            put(zip, "xl/worksheets/sheet1.xml", """
                    <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>""" + rows + "</sheetData></worksheet>");
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, String xml) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
