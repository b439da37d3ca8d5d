package io.tidemark.csv;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The records of a JSON file that is one array of objects, or of a zip archive of such files, lazily. The name of a nested member is the path to it, joined
 * with slashes; an array is its JSON text. The header holds the given fields and whatever else the first objects have.
 */
public final class JsonRecords {
    /** So many objects are looked at for names that nobody expected; a name that comes later is left out. */
    private static final int LOOKED_AT = 1_000;

    private static final ObjectReader OBJECTS = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(40).build())
                    .build())
            .build()
            .reader();

    private JsonRecords() {}

    /**
     * Opens a file.
     *
     * @param fields the fields that are expected; a member that an object lacks has no value
     * @throws CsvException if it is no array of objects, or cannot be read
     */
    public static CsvRecords read(InputStream bytes, ContentInfo info, List<String> fields) {
        var objects = new Objects(info, arrays(bytes, info));
        var first = new ArrayList<Map<String, String>>();
        var header = new LinkedHashSet<>(fields);
        while (first.size() < LOOKED_AT && objects.hasNext()) {
            Map<String, String> object = objects.next();
            header.addAll(object.keySet());
            first.add(object);
        }
        return CsvRecords.of(info.file(), new Records(List.copyOf(header), first.iterator(), objects));
    }

    private static Iterator<InputStream> arrays(InputStream stream, ContentInfo info) {
        info.refusePage();
        var bytes = new BufferedInputStream(stream);
        try {
            if (!Archive.begins(bytes)) {
                return List.of(FileBytes.unpacked(bytes, info)).iterator();
            }
        } catch (IOException e) {
            throw FileBytes.lost(info, 0, e);
        }
        var archive = new Archive(bytes, info);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return archive.hasNext();
            }

            @Override
            public InputStream next() {
                return archive.next().bytes();
            }
        };
    }

    /** The header, then a record for each object. */
    private static final class Records implements Iterator<CsvRecord> {
        private final List<String> header;
        private final Iterator<Map<String, String>> first;
        private final Objects rest;
        private long line;

        Records(List<String> header, Iterator<Map<String, String>> first, Objects rest) {
            this.header = header;
            this.first = first;
            this.rest = rest;
        }

        @Override
        public boolean hasNext() {
            return line == 0 || first.hasNext() || rest.hasNext();
        }

        @Override
        public CsvRecord next() {
            line++;
            if (line == 1) {
                return new CsvRecord(line, header.toArray(String[]::new));
            }
            Map<String, String> object = first.hasNext() ? first.next() : rest.next();
            return new CsvRecord(
                    line,
                    header.stream().map(name -> object.getOrDefault(name, "")).toArray(String[]::new));
        }
    }

    /** The objects of all arrays, flat. */
    private static final class Objects implements Iterator<Map<String, String>> {
        private final ContentInfo info;
        private final Iterator<InputStream> arrays;
        private @Nullable JsonParser parser;
        private @Nullable JsonToken ahead = JsonToken.END_ARRAY;
        private long count;

        Objects(ContentInfo info, Iterator<InputStream> arrays) {
            this.info = info;
            this.arrays = arrays;
        }

        private void open() {
            try {
                parser = OBJECTS.createParser(arrays.next());
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    throw broken("is no JSON array", null);
                }
                ahead = parser.nextToken();
            } catch (IOException e) {
                throw broken("is no JSON array", e);
            }
        }

        @Override
        public boolean hasNext() {
            while (ahead == JsonToken.END_ARRAY && arrays.hasNext()) {
                open();
            }
            return ahead == JsonToken.START_OBJECT || !ended();
        }

        private boolean ended() {
            if (ahead != JsonToken.END_ARRAY) {
                throw broken("holds something else than objects", null);
            }
            return true;
        }

        @Override
        public Map<String, String> next() {
            if (!hasNext() || parser == null) {
                throw new NoSuchElementException(info.file() + " has no further object");
            }
            try {
                var flat = new LinkedHashMap<String, String>();
                flatten("", parser.readValueAsTree(), flat);
                count++;
                ahead = parser.nextToken();
                return flat;
            } catch (IOException e) {
                throw broken("is broken", e);
            }
        }

        private static void flatten(String path, JsonNode node, Map<String, String> into) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                String name = path + member.getKey();
                JsonNode value = member.getValue();
                if (value.isObject()) {
                    flatten(name + "/", value, into);
                } else if (!value.isNull()) {
                    into.put(name, value.isArray() ? value.toString() : value.asText());
                }
            }
        }

        private CsvException broken(String what, @Nullable IOException cause) {
            String reason = cause instanceof StreamConstraintsException ? "exceeds the bridge's limits" : what;
            return new CsvException(
                    CsvException.Kind.BROKEN,
                    info.file(),
                    count,
                    "the file " + reason + " after object " + count + "; ask for the export again",
                    cause);
        }
    }
}
