package io.tidemark.sandbox.mpdx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a table as the smallest workbook that is one: a sheet, and the texts it shares. */
final class Workbook {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    private final Map<String, Integer> shared = new LinkedHashMap<>();

    static void write(Table table, Path file) {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            Workbook workbook = new Workbook();
            String sheet = workbook.sheet(table);
            put(zip, "[Content_Types].xml", types());
            put(zip, "_rels/.rels", relations(List.of("officeDocument xl/workbook.xml")));
            put(zip, "xl/workbook.xml", book());
            put(
                    zip,
                    "xl/_rels/workbook.xml.rels",
                    relations(List.of("worksheet worksheets/sheet1.xml", "sharedStrings sharedStrings.xml")));
            put(zip, "xl/worksheets/sheet1.xml", sheet);
            put(zip, "xl/sharedStrings.xml", workbook.texts());
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot write a workbook", e);
        }
    }

    private String sheet(Table table) {
        StringBuilder sheet = new StringBuilder(HEAD + "<worksheet xmlns=\"" + MAIN + "\"><sheetData>");
        row(sheet, 1, table.header());
        for (int row = 0; row < table.rows().size(); row++) {
            row(sheet, row + 2, table.rows().get(row));
        }
        return sheet.append("</sheetData></worksheet>").toString();
    }

    /** Empty cells are left out, numbers are numbers, all else is a shared text. */
    private void row(StringBuilder sheet, int number, List<String> values) {
        sheet.append("<row r=\"").append(number).append("\">");
        for (int column = 0; column < values.size(); column++) {
            String value = values.get(column);
            if (value.isEmpty()) {
                continue;
            }
            boolean isNumber = value.matches("-?\\d+\\.\\d+");
            sheet.append("<c r=\"").append(letters(column)).append(number).append(isNumber ? "\"" : "\" t=\"s\"");
            sheet.append("><v>")
                    .append(isNumber ? value : Integer.toString(place(value)))
                    .append("</v></c>");
        }
        sheet.append("</row>");
    }

    private int place(String text) {
        return shared.computeIfAbsent(text, key -> shared.size());
    }

    private String texts() {
        StringBuilder texts = new StringBuilder(HEAD + "<sst xmlns=\"" + MAIN + "\">");
        shared.keySet()
                .forEach(text -> texts.append("<si><t xml:space=\"preserve\">")
                        .append(escaped(text))
                        .append("</t></si>"));
        return texts.append("</sst>").toString();
    }

    private static String letters(int column) {
        String last = Character.toString('A' + column % 26);
        return column < 26 ? last : letters(column / 26 - 1) + last;
    }

    private static String types() {
        return HEAD + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                + override("/xl/workbook.xml", "sheet.main+xml")
                + override("/xl/worksheets/sheet1.xml", "worksheet+xml")
                + override("/xl/sharedStrings.xml", "sharedStrings+xml") + "</Types>";
    }

    private static String override(String part, String type) {
        return "<Override PartName=\"" + part + "\" ContentType=\"" + TYPE + type + "\"/>";
    }

    private static String relations(List<String> all) {
        StringBuilder relations = new StringBuilder(HEAD + "<Relationships xmlns=\"" + RELATIONS + "\">");
        for (int number = 1; number <= all.size(); number++) {
            String[] words = all.get(number - 1).split(" ", 2);
            relations.append("<Relationship Id=\"rId").append(number);
            relations.append("\" Type=\"").append(OFFICE).append('/').append(words[0]);
            relations.append("\" Target=\"").append(words[1]).append("\"/>");
        }
        return relations.append("</Relationships>").toString();
    }

    private static String book() {
        return HEAD + "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + OFFICE
                + "\"><sheets><sheet name=\"Contacts\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
