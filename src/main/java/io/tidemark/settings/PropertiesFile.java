package io.tidemark.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** A properties file in UTF-8, in its own order. */
final class PropertiesFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private PropertiesFile() {}

    /** The file's values in order; what cannot be read becomes a problem. A key that is given twice is one. */
    static Map<String, Given> read(Path file, Problems problems) {
        String name = name(file);
        var loaded = new InOrder();
        try {
            String text = Files.readString(file);
            loaded.load(new StringReader(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text));
            for (String key : loaded.twice) {
                problems.key(key, "is given more than once in " + name + lines(text, key) + ": keep one of them");
            }
        } catch (CharacterCodingException notText) {
            problems.file(name, "is not UTF-8; save it in that encoding");
        } catch (IOException unreadable) {
            problems.file(
                    name,
                    "cannot be read (" + unreadable.getClass().getSimpleName() + "): make " + file
                            + " readable for this user");
        } catch (IllegalArgumentException malformed) {
            problems.file(name, "has a malformed \\u escape; write the character itself, the file is UTF-8");
        }
        var values = new LinkedHashMap<String, Given>();
        loaded.values.forEach((key, text) -> values.put(key, Given.of(key, text, name)));
        return values;
    }

    /** The file that overlays another: {@code application-local.properties} beside {@code application.properties}. */
    static Path local(Path file) {
        String name = name(file);
        int dot = name.lastIndexOf('.');
        String local = dot < 1 ? name + "-local" : name.substring(0, dot) + "-local" + name.substring(dot);
        return file.resolveSibling(local);
    }

    static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }

    private static String lines(String text, String key) {
        List<String> found = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).strip();
            if (line.startsWith(key) && (line.length() == key.length() || isEnd(line.charAt(key.length())))) {
                found.add(String.valueOf(index + 1));
            }
        }
        return found.size() < 2 ? "" : " (lines " + String.join(", ", found) + ")";
    }

    private static boolean isEnd(char character) {
        return character == '=' || character == ':' || Character.isWhitespace(character);
    }

    /** Properties hand over what they load one by one, in order. */
    private static final class InOrder extends Properties {
        private static final long serialVersionUID = 1L;

        private final transient Map<String, String> values = new LinkedHashMap<>();
        private final transient Set<String> twice = new LinkedHashSet<>();

        @Override
        public synchronized Object put(Object key, Object value) {
            String name = key.toString();
            if (values.put(name, value.toString()) != null) {
                twice.add(name);
            }
            return value;
        }
    }
}
