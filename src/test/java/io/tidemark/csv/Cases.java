package io.tidemark.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Tables of cases, kept as text beside the tests. */
record Cases(String name, String input, List<String> expected) {

    static Stream<Cases> of(String file) {
        var cases = new ArrayList<Cases>();
        for (String block : text(file).split("(?m)^= ", -1)) {
            List<String> lines = block.lines().toList();
            if (!block.startsWith("#")) {
                var expected = lines.subList(2, lines.size()).stream().filter(line -> !line.isEmpty());
                cases.add(new Cases(lines.get(0), lines.get(1), expected.toList()));
            }
        }
        return cases.stream();
    }

    static String text(String file) {
        try (var in = Objects.requireNonNull(Cases.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CsvText open(String escaped) {
        return CsvText.open(new ByteArrayInputStream(bytes(escaped)), ContentInfo.unknown("case.csv"));
    }

    CsvText open() {
        return open(input);
    }

    /** Undoes the escapes of the tables. */
    static byte[] bytes(String escaped) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < escaped.length(); ) {
            int point = escaped.codePointAt(i);
            i += Character.charCount(point);
            if (point != '\\') {
                out.writeBytes(Character.toString(point).getBytes(UTF_8));
                continue;
            }
            char c = escaped.charAt(i++);
            switch (c) {
                case 'r' -> out.write('\r');
                case 'n' -> out.write('\n');
                case 't' -> out.write('\t');
                case '0' -> out.write(0);
                case 'x' -> {
                    out.write(Integer.parseInt(escaped.substring(i, i + 2), 16));
                    i += 2;
                }
                default -> out.write(c);
            }
        }
        return out.toByteArray();
    }

    static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\r", "\\r")
                .replace("\n", "\\n")
                .replace("\t", "\\t");
    }

    @Override
    public String toString() {
        return name;
    }
}
