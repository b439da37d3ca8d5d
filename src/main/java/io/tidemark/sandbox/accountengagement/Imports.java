package io.tidemark.sandbox.accountengagement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Content;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Switches;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The imports of prospects, in version 5: made, filled with files, declared ready; each look at one moves it on. */
final class Imports {
    private static final String MATCH = "matchid";
    private static final Set<String> PROPERTIES =
            Set.of("id", "operation", "object", "isExpired", "createdCount", "updatedCount", "errorCount", "errorsRef");

    private final Switches switches;
    private final Prospects prospects;
    private final NavigableMap<Long, ImportJob> imports = new TreeMap<>();
    private long lastId = 700;

    Imports(Switches switches, Prospects prospects) {
        this.switches = switches;
        this.prospects = prospects;
    }

    synchronized Response create(Call call) {
        call.needs(Ability.PROSPECTS_IMPORT);
        ObjectNode body = call.body();
        expect(body, "operation", "upsert");
        expect(body, "object", "prospect");
        List<String> columns = new ArrayList<>();
        Set<String> blankIsNothing = new LinkedHashSet<>();
        for (JsonNode column : body.path("columns")) {
            String name = column.path("field").asText();
            if (name.isEmpty()) {
                throw new ApiError(165, "a column has no field");
            }
            columns.add(lower(name));
            if (!column.path("nullOverwrite").asBoolean(true)) {
                blankIsNothing.add(lower(name));
            }
        }
        ImportJob made = new ImportJob(++lastId, call, columns, blankIsNothing);
        imports.put(made.id, made);
        return Response.json(201, shown(call, made));
    }

    private static void expect(ObjectNode body, String property, String wanted) {
        if (!body.path(property).asText().equalsIgnoreCase(wanted)) {
            throw ApiError.invalid(property, "must be " + wanted);
        }
    }

    synchronized Response fill(Call call) {
        ImportJob job = visible(call);
        if (!job.isOpen()) {
            throw new ApiError(161, "the state of the import does not allow that");
        }
        if (job.batches.size() >= switches.get(Doubts.IMPORT_MOST_BATCHES)) {
            throw new ApiError(160, "the import has enough batches");
        }
        job.batches.add(rows(job, file(call)));
        return Response.empty(204);
    }

    /** The text of the form's only file. */
    private String file(Call call) {
        String type = call.request().headers().first("Content-Type").orElse("");
        String boundary = type.startsWith("multipart/form-data") && type.contains("boundary=")
                ? "--" + type.replaceAll(".*boundary=([^;]+).*", "$1")
                : "";
        String wanted = "name=\"" + switches.get(Doubts.IMPORT_FILE_NAME) + "\"";
        for (String part : boundary.isEmpty()
                ? new String[0]
                : call.request().body().split(java.util.regex.Pattern.quote(boundary), -1)) {
            int head = part.indexOf("\r\n\r\n");
            if (head > 0 && part.substring(0, head).contains(wanted)) {
                return part.substring(head + 4, part.length() - 2);
            }
        }
        throw new ApiError(158, "there is no file " + wanted + " in the form");
    }

    private List<Map<String, String>> rows(ImportJob job, String file) {
        List<List<String>> records = CsvText.records(file);
        if (records.size() < 2) {
            throw new ApiError(159, "the file needs a header and a row");
        }
        List<String> header = records.get(0).stream().map(Imports::lower).toList();
        if (!job.columns.isEmpty() && !job.columns.equals(header)) {
            throw new ApiError(165, "the file has other columns than were announced");
        }
        for (String name : header) {
            if (!name.equals(MATCH) && prospects.importable(name).isEmpty()) {
                throw new ApiError(159, "there is no field " + name);
            }
        }
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> record : records.subList(1, records.size())) {
            if (record.size() != header.size()) {
                throw new ApiError(159, "a row has another number of cells than the header");
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int column = 0; column < header.size(); column++) {
                row.put(header.get(column), record.get(column));
            }
            rows.add(row);
        }
        return rows;
    }

    synchronized Response submit(Call call) {
        ImportJob job = visible(call);
        String wanted = call.body().path(stateName()).asText();
        if (!wanted.equals("Ready") || !job.isOpen()) {
            throw new ApiError(155, "the import cannot be updated so");
        }
        if (job.batches.isEmpty()) {
            throw new ApiError(156, "the import has no data");
        }
        job.submit();
        return Response.json(200, shown(call, job));
    }

    synchronized Response read(Call call) {
        ImportJob job = visible(call);
        Set<String> wanted = Set.of(call.request()
                .parameter("fields")
                .orElseThrow(() -> ApiError.missing("fields"))
                .split(",", -1));
        wanted.stream()
                .filter(name -> !PROPERTIES.contains(name) && !name.equals(stateName()))
                .findFirst()
                .ifPresent(name -> {
                    throw ApiError.field(name);
                });
        if (!job.isExpired(call.now()) && job.takesTurn(switches)) {
            work(call, job);
        }
        return Response.json(200, shown(call, job).retain(wanted));
    }

    private void work(Call call, ImportJob job) {
        switch (switches.get(Doubts.IMPORT_END)) {
            case FAILED -> job.end("Failed", call.now());
            case CANCELED -> job.end("Canceled", call.now());
            case COMPLETE -> {
                job.batches.forEach(rows -> rows.forEach(row -> take(job, row)));
                job.end("Complete", call.now());
            }
        }
    }

    private void take(ImportJob job, Map<String, String> row) {
        String id = row.getOrDefault(MATCH, "");
        if (!prospects.isLive(id)) {
            if (switches.get(Doubts.IMPORT_UNMATCHED) == Doubts.Unmatched.ERROR) {
                job.fail(row, errorColumn(), "no prospect matches");
            }
            return;
        }
        Map<String, String> values = new LinkedHashMap<>();
        row.forEach((name, cell) -> {
            if (!name.equals(MATCH) && !(cell.isBlank() && job.blankIsNothing.contains(name))) {
                values.put(prospects.importable(name).orElseThrow().name(), cell.isBlank() ? "" : cell);
            }
        });
        try {
            boolean changed = prospects.take(id, values, job.creator);
            job.updated(changed || switches.get(Doubts.UPDATED_COUNT) != Doubts.UpdatedCount.CHANGED ? 1 : 0);
        } catch (ApiError refused) {
            job.fail(row, errorColumn(), String.valueOf(refused.getMessage()));
        }
    }

    private String errorColumn() {
        return switches.get(Doubts.IMPORT_ERROR_COLUMN);
    }

    synchronized Response errors(Call call) {
        ImportJob job = visible(call);
        if (job.isExpired(call.now()) || !job.state().equals("Complete")) {
            throw ApiError.state("the import has no results");
        }
        Set<String> header = new LinkedHashSet<>();
        job.failed.forEach(row -> header.addAll(row.keySet()));
        StringBuilder text = new StringBuilder(CsvText.line(List.copyOf(header)));
        job.failed.forEach(row -> text.append(CsvText.line(
                header.stream().map(name -> row.getOrDefault(name, "")).toList())));
        return new Response(200, Map.of("Content-Type", "text/csv; charset=utf-8"), Content.text(text.toString()));
    }

    synchronized Response cancel(Call call) {
        ImportJob job = visible(call);
        if (job.state().equals("Complete") || job.state().equals("Failed")) {
            throw ApiError.state("the import is " + job.state() + " and cannot be canceled");
        }
        job.end("Canceled", call.now());
        return Response.json(200, shown(call, job));
    }

    private ImportJob visible(Call call) {
        call.needs(Ability.PROSPECTS_IMPORT);
        return Optional.ofNullable(imports.get(call.id()))
                .orElseThrow(() -> new ApiError(3, "there is no such import"));
    }

    private ObjectNode shown(Call call, ImportJob job) {
        ObjectNode json = Json.object()
                .put("id", job.id)
                .put("operation", "Upsert")
                .put("object", "Prospect")
                .put(stateName(), job.shown(switches))
                .put("isExpired", job.isExpired(call.now()));
        if (job.shown(switches).equals("Complete")) {
            json.put("createdCount", 0);
            if (switches.get(Doubts.UPDATED_COUNT) != Doubts.UpdatedCount.NONE) {
                json.put("updatedCount", job.updated());
            }
            if (!job.failed.isEmpty()) {
                json.put("errorCount", job.failed.size()).put("errorsRef", "/api/v5/imports/" + job.id + "/errors");
            }
        }
        return json;
    }

    private String stateName() {
        return switches.get(Doubts.IMPORT_STATE_NAME) == Doubts.StateName.STATE ? "state" : "status";
    }

    private static String lower(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
