package io.tidemark.sandbox.mpdx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Content;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Switches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Stored filters, and the files that are made of them when they are fetched. */
final class Exports {
    private static final Map<String, String> FORMATS =
            Map.of("csv", "text/csv", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final Records records;
    private final Switches switches;
    private final Path folder;
    private final Map<String, Stored> stored = new ConcurrentHashMap<>();

    /** @param folder where workbooks are kept while they are sent */
    Exports(Records records, Switches switches, Path folder) {
        this.records = records;
        this.switches = switches;
        this.folder = folder;
    }

    Response create(ApiUser user, Request request, boolean mailing) {
        JsonNode data = Draft.body(request).path("data");
        if (!data.path("type").asText().equals("export_logs")) {
            throw ApiError.misplaced("the type must be export_logs", "/data/type");
        }
        JsonNode params = data.path("attributes").path("params");
        if (!params.isMissingNode() && !params.isObject()) {
            throw ApiError.invalid("must be an object", "/data/attributes/params");
        }
        Stored export = new Stored(records.newId(), user, params.isObject() ? params : Json.object(), mailing, now());
        stored.put(export.id, export);
        return Documents.response(201, document(export));
    }

    /** By an id for the JSON, or by an id with the ending of a file's format. */
    Response get(ApiUser user, Request request, String name, boolean mailing) {
        int dot = name.lastIndexOf('.');
        String id = dot < 0 ? name : name.substring(0, dot);
        Stored export = Optional.ofNullable(stored.get(id)).orElseThrow(ApiError::notFound);
        if (export.mailing != mailing) {
            throw ApiError.notFound();
        }
        if (!export.user.equals(user) || export.isUsed()) {
            throw ApiError.forbidden("Forbidden");
        }
        if (dot < 0) {
            export.read();
            return Documents.response(200, document(export));
        }
        return file(export, request, name.substring(dot + 1));
    }

    /** Stores a filter and gives its file in one step. */
    Response atOnce(ApiUser user, Request request, String format, boolean mailing) {
        ObjectNode params = Json.object();
        ObjectNode filter = params.putObject("filter");
        Query.of(request).filter().forEach(filter::set);
        Stored export = new Stored(records.newId(), user, params, mailing, now());
        stored.put(export.id, export);
        return build(export, request, format);
    }

    private Response file(Stored export, Request request, String format) {
        if (export.isTooEarly()) {
            if (switches.get(Doubts.FILE_BUILD) == Doubts.FileBuild.NOT_FOUND_UNTIL_READY) {
                throw ApiError.notFound();
            }
            return Response.empty(202);
        }
        return build(export, request, format);
    }

    private Response build(Stored export, Request request, String format) {
        String type = Optional.ofNullable(FORMATS.get(format)).orElseThrow(ApiError::notFound);
        ContactRows rows = new ContactRows(records, switches, request.headers().first("Accept-Language"));
        var contacts = new Filter(filter(export.params.path("filter")), switches, records)
                .allowedTo(export.user)
                .contacts(export.user);
        Table table = export.mailing ? rows.mailing(contacts) : rows.full(contacts);
        export.fetched();
        String name = "contacts-"
                + DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.ofInstant(records.now(), ZoneOffset.UTC)) + "."
                + format;
        return new Response(200, Map.of("Content-Type", type), content(table, format))
                .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }

    private Content content(Table table, String format) {
        if (format.equals("csv")) {
            return Content.text(table.csv());
        }
        try {
            Path file = Files.createTempFile(folder, "export", ".xlsx");
            Workbook.write(table, file);
            return Content.file(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot write into its folder", e);
        }
    }

    private Map<String, JsonNode> filter(JsonNode given) {
        Doubts.FilterForm form = switches.get(Doubts.FILTER);
        boolean refused = given.isTextual()
                ? form == Doubts.FilterForm.OBJECT_ONLY
                : given.isObject() && form == Doubts.FilterForm.STRING_ONLY;
        if (refused) {
            throw ApiError.broken();
        }
        JsonNode read = given.isTextual() ? Json.readObject(given.asText()).orElseThrow(ApiError::broken) : given;
        Map<String, JsonNode> filter = new LinkedHashMap<>();
        read.properties().forEach(entry -> filter.put(entry.getKey(), entry.getValue()));
        return filter;
    }

    private ObjectNode document(Stored export) {
        ObjectNode document = Json.object();
        ObjectNode data = document.putObject("data").put("id", export.id).put("type", "export_logs");
        String kind = export.mailing
                ? "Contacts Mailing"
                : switches.get(Doubts.EXPORT_TYPE) == Doubts.ExportType.CONTACTS ? "Contacts" : "Contacts Export";
        ObjectNode attributes = data.putObject("attributes")
                .put("created_at", export.made)
                .put("export_at", export.made)
                .put("type", kind)
                .put("updated_at", export.made)
                .put("updated_in_db_at", export.made);
        attributes.set("params", export.params);
        data.putObject("relationships")
                .putObject("user")
                .putObject("data")
                .put("id", export.user.id())
                .put("type", "users");
        return document;
    }

    private String now() {
        return Values.time(records.now());
    }

    private final class Stored {
        private final String id;
        private final ApiUser user;
        private final JsonNode params;
        private final boolean mailing;
        private final String made;
        private boolean documentRead;
        private boolean fileRead;
        private int asked;

        Stored(String id, ApiUser user, JsonNode params, boolean mailing, String made) {
            this.id = id;
            this.user = user;
            this.params = params;
            this.mailing = mailing;
            this.made = made;
        }

        synchronized boolean isUsed() {
            return switches.get(Doubts.ONE_SHOT) && (fileRead || (documentRead && switches.get(Doubts.JSON_COUNTS)));
        }

        synchronized void read() {
            documentRead = true;
        }

        synchronized void fetched() {
            fileRead = true;
        }

        synchronized boolean isTooEarly() {
            return switches.get(Doubts.FILE_BUILD) != Doubts.FileBuild.INSIDE_GET
                    && asked++ < switches.get(Doubts.BUILD_POLLS);
        }
    }
}
