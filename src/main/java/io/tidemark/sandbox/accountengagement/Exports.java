package io.tidemark.sandbox.accountengagement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Content;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Switches;
import io.tidemark.sandbox.accountengagement.Export.State;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The exports of the account, run one after another, the oldest first; each look at one moves the oldest on. */
final class Exports {
    private static final Set<String> PROPERTIES =
            Set.of("id", "isExpired", "resultRefs", "createdAt", "updatedAt", "createdById", "object");

    private final Switches switches;
    private final Records records;
    private final Supplier<List<Field>> custom;
    private final Supplier<URI> downloads;
    private final NavigableMap<Long, Export> exports = new TreeMap<>();
    private final Map<Integer, Content> files = new LinkedHashMap<>();
    private final Map<String, Deque<List<Path>>> prepared = new LinkedHashMap<>();
    private long lastId = 500;
    private int lastFile = 70;

    Exports(Switches switches, Records records, Supplier<List<Field>> custom, Supplier<URI> downloads) {
        this.switches = switches;
        this.records = records;
        this.custom = custom;
        this.downloads = downloads;
    }

    /** The next export of this object completes with exactly these files. */
    synchronized void prepare(ObjectType type, List<Path> paths) {
        prepared.computeIfAbsent(type.name(), name -> new ArrayDeque<>()).add(List.copyOf(paths));
    }

    synchronized Response create(Call call) {
        age(call.now());
        ExportRequest asked = ExportRequest.read(
                call,
                call.body().path("object").asText().equals(Catalogue.PROSPECT.name()) ? custom.get() : List.of(),
                switches);
        Export export = new Export(++lastId, call, asked);
        exports.put(export.id, export);
        int status = switches.get(Doubts.CREATE_STATUS);
        Response response = Forms.good(call, switches, status, enveloped(call, shown(call, export, false)));
        return status == 201 ? response.with("Location", "/api/v5/exports/" + export.id) : response;
    }

    synchronized Response read(Call call) {
        Set<String> wanted = wanted(call);
        Export export = visible(call);
        turn(call.now());
        ObjectNode json = shown(call, export, true);
        if (!wanted.isEmpty()) {
            json.retain(wanted);
        }
        return Forms.good(call, switches, 200, enveloped(call, json));
    }

    synchronized Response cancel(Call call) {
        Export export = visible(call);
        if (export.state() == State.COMPLETE || export.state() == State.FAILED) {
            throw ApiError.state("the export is " + export.state().word + " and cannot be canceled");
        }
        export.become(State.CANCELED, call.now());
        return Forms.good(call, switches, 200, enveloped(call, shown(call, export, false)));
    }

    synchronized Response download(Call call) {
        Export export = visible(call);
        String file = call.part("file");
        if (export.isExpired(call.now())) {
            throw ApiError.state("the export has expired");
        }
        if (export.state() != State.COMPLETE) {
            throw ApiError.state("the export is not complete");
        }
        return export.files().stream()
                .filter(number -> Integer.toString(number).equals(file))
                .findFirst()
                .flatMap(number -> Optional.ofNullable(files.get(number)))
                .map(content -> new Response(200, Map.of("Content-Type", "text/csv; charset=utf-8"), content))
                .orElseThrow(() -> new ApiError(3, "there is no such file"));
    }

    synchronized Response query(Call call) {
        call.needs(Ability.EXPORTS_VIEW);
        Set<String> wanted = wanted(call);
        turn(call.now());
        List<Export> found = new ExportQuery(call).of(exports.descendingMap().values());
        List<ObjectNode> shown = new ArrayList<>();
        found.forEach(export -> shown.add(shown(call, export, false)));
        if (call.version() == 5) {
            return five(call, shown, wanted);
        }
        ObjectNode json = Json.object();
        ObjectNode result = json.putObject("result").put("total_results", shown.size());
        if (shown.size() == 1) {
            result.set("export", shown.get(0));
        } else if (!shown.isEmpty()) {
            result.putArray("export").addAll(shown);
        }
        return Forms.good(call, switches, 200, json);
    }

    private static Response five(Call call, List<ObjectNode> shown, Set<String> wanted) {
        Page<ObjectNode> page = Page.of(call, shown);
        ObjectNode json = Json.object();
        ArrayNode values = json.putArray("values");
        page.items().forEach(one -> values.add(wanted.isEmpty() ? one : one.retain(wanted)));
        page.next(json);
        return Response.json(200, json);
    }

    private Set<String> wanted(Call call) {
        if (call.version() != 5) {
            return Set.of();
        }
        Optional<String> fields = call.request().parameter("fields");
        if (fields.isEmpty()) {
            if (switches.get(Doubts.EXPORT_READS_NEED_FIELDS)) {
                throw ApiError.missing("fields");
            }
            return Set.of();
        }
        List<String> names = List.of(fields.get().split(",", -1));
        names.stream()
                .filter(name -> !PROPERTIES.contains(name) && !name.equals(stateName()))
                .findFirst()
                .ifPresent(name -> {
                    throw ApiError.field(name);
                });
        return Set.copyOf(names);
    }

    private Export visible(Call call) {
        age(call.now());
        Export export = Optional.ofNullable(exports.get(call.id()))
                .orElseThrow(() -> new ApiError(3, "there is no such export"));
        if (!export.creator.equals(call.user())) {
            call.needs(Ability.EXPORTS_VIEW);
        }
        export.request.type().needed().forEach(call::needs);
        return export;
    }

    private void age(Instant now) {
        exports.values().forEach(export -> export.age(now));
    }

    private void turn(Instant now) {
        age(now);
        exports.values().stream()
                .filter(Export::isUnfinished)
                .findFirst()
                .filter(oldest -> oldest.takesTurn(switches, now))
                .ifPresent(oldest -> end(oldest, now));
    }

    private void end(Export export, Instant now) {
        switch (switches.get(Doubts.OUTCOME)) {
            case FAILED -> export.become(State.FAILED, now);
            case CANCELED -> export.become(State.CANCELED, now);
            case COMPLETE -> export.complete(made(export), now, now.plus(switches.get(Doubts.RESULT_LIFE)));
        }
    }

    private List<Integer> made(Export export) {
        Deque<List<Path>> waiting = prepared.getOrDefault(export.request.type().name(), new ArrayDeque<>());
        Stream<Content> contents = waiting.isEmpty()
                ? texts(export).stream().map(Content::text)
                : waiting.remove().stream().map(Content::file);
        List<Integer> numbers = new ArrayList<>();
        contents.forEach(content -> {
            files.put(++lastFile, content);
            numbers.add(lastFile);
        });
        return numbers;
    }

    private List<String> texts(Export export) {
        List<Version> rows = new Selection(export, records, switches).rows();
        CsvForm form = new CsvForm(export, switches);
        List<String> texts = new ArrayList<>();
        int most = switches.get(Doubts.ROWS_PER_FILE);
        for (int first = 0; first < rows.size(); first += most) {
            texts.add(form.file(rows.subList(first, Math.min(rows.size(), first + most))));
        }
        return texts;
    }

    private ObjectNode shown(Call call, Export export, boolean links) {
        boolean five = call.version() == 5;
        String unknown = switches.get(Doubts.UNKNOWN_STATE);
        ObjectNode json = Json.object()
                .put("id", export.id)
                .put(
                        stateName(),
                        export.state() == State.PROCESSING && !unknown.isEmpty() ? unknown : export.state().word)
                .put("isExpired", export.isExpired(call.now()));
        if (links) {
            links(json, export);
        }
        return json.put("createdAt", moment(call, five, export.created))
                .put("updatedAt", moment(call, five, export.updated()))
                .put("createdById", export.creator.id());
    }

    private static String moment(Call call, boolean five, Instant moment) {
        return five ? call.time().withOffset(moment) : call.time().local(moment);
    }

    private void links(ObjectNode json, Export export) {
        List<String> links =
                export.files().stream().map(file -> link(export, file)).toList();
        if (links.size() == 1) {
            json.put("resultRefs", links.get(0));
        } else if (!links.isEmpty()) {
            ArrayNode all = json.putArray("resultRefs");
            links.forEach(all::add);
        }
    }

    private String link(Export export, int file) {
        String path = export.version == 5
                ? "/api/v5/exports/" + export.id + "/results/" + file
                : "/api/export/version/" + export.version + "/do/downloadResults/id/" + export.id + "/file/" + file;
        return downloads.get() + path;
    }

    private ObjectNode enveloped(Call call, ObjectNode json) {
        boolean wrapped = switch (switches.get(Doubts.ENVELOPE)) {
            case BY_VERSION -> call.version() != 5;
            case WRAPPED -> true;
            case FLAT -> false;
        };
        return wrapped ? Json.object().set("export", json) : json;
    }

    private String stateName() {
        return switches.get(Doubts.STATE_NAME) == Doubts.StateName.STATE ? "state" : "status";
    }
}
