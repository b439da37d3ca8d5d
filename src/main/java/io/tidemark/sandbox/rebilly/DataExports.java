package io.tidemark.sandbox.rebilly;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Switches;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Takes requests for exports and answers questions about them. */
final class DataExports {
    private static final Pattern ID = Pattern.compile("[@~\\-.\\w]{1,50}");
    private static final Pattern COMMA = Pattern.compile(",");

    private final AtomicInteger last = new AtomicInteger();
    private final Map<String, DataExport> exports = new ConcurrentSkipListMap<>();
    private final Map<String, Queue<Prepared>> prepared = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Switches switches;
    private final Records records;
    private final CustomFields customFields;
    private final FileStore files;
    private final Supplier<DataExport.Addresses> addresses;

    private record Prepared(List<Path> files, long records) {}

    DataExports(
            InstantSource clock,
            Switches switches,
            Records records,
            CustomFields customFields,
            FileStore files,
            Supplier<DataExport.Addresses> addresses) {
        this.clock = clock;
        this.switches = switches;
        this.records = records;
        this.customFields = customFields;
        this.files = files;
        this.addresses = addresses;
    }

    void prepare(Resource resource, List<Path> parts, long count) {
        prepared.computeIfAbsent(resource.name(), name -> new ConcurrentLinkedQueue<>())
                .add(new Prepared(List.copyOf(parts), count));
    }

    int count() {
        return exports.size();
    }

    Response create(ApiUser user, Request request) {
        permit();
        return made(user, request, path(request), "exp_sandbox%06d".formatted(last.incrementAndGet()));
    }

    private Response made(ApiUser user, Request request, String path, String id) {
        ExportOrder order = order(request);
        Queue<Prepared> waiting = prepared.get(order.resource().name());
        Prepared ready = waiting == null ? null : waiting.poll();
        DataExport export = new DataExport(
                id,
                user,
                order,
                switches,
                clock.instant(),
                current -> ready == null ? execute(current) : publish(current, ready));
        exports.put(id, export);
        return Response.json(201, json(export, path, request))
                .with("Location", addresses.get().api() + path + "/" + id);
    }

    private ExportOrder order(Request request) {
        ExportOrder order = ExportOrder.read(Problem.body(request), customFields, switches, clock.instant());
        if (switches.get(Doubts.FORBIDDEN).contains(order.resource().name())) {
            throw Problem.forbidden(order.resource().name());
        }
        int limit = switches.get(Doubts.RECORD_LIMIT);
        if (switches.get(Doubts.RECORD_LIMIT_ANSWER) == Doubts.RecordLimitAnswer.AT_POST) {
            int matched = select(order).size();
            if (matched > limit) {
                throw Problem.tooManyRecords(matched, limit);
            }
        }
        return order;
    }

    Response list(Request request) {
        permit();
        String path = path(request);
        return Listing.read(request)
                .of(exports.values().stream()
                        .map(export -> json(export, path, request))
                        .toList());
    }

    Response read(Request request, String id) {
        permit();
        DataExport export = found(id);
        if (!export.poll(clock.instant())) {
            exports.remove(id);
            throw Problem.notFound("the data export");
        }
        return Response.json(200, json(export, parent(request), request))
                .with("Pagination-Total", "1")
                .with("Pagination-Limit", "1")
                .with("Pagination-Offset", "0");
    }

    Response change(ApiUser user, Request request, String id) {
        permit();
        if (!exports.containsKey(checked(id))) {
            return made(user, request, parent(request), id);
        }
        DataExport export = found(id);
        if (!export.pending()) {
            throw Problem.invalid("status", "only a pending export can be changed");
        }
        export.change(order(request), clock.instant());
        return Response.json(200, json(export, parent(request), request));
    }

    Response delete(String id) {
        permit();
        if (found(id).running() && switches.get(Doubts.DELETE_RUNNING) == Doubts.DeleteRunning.REFUSED) {
            throw Problem.invalid("status", "an export at work cannot be deleted");
        }
        exports.remove(id);
        return Response.empty(204);
    }

    private DataExport found(String id) {
        DataExport export = exports.get(checked(id));
        if (export == null) {
            throw Problem.notFound("the data export");
        }
        return export;
    }

    private static String checked(String id) {
        if (!ID.matcher(id).matches()) {
            throw Problem.notFound("the data export");
        }
        return id;
    }

    private void permit() {
        if (switches.get(Doubts.FORBIDDEN).contains("data-exports")) {
            throw Problem.forbidden("data-exports");
        }
    }

    private ObjectNode json(DataExport export, String path, Request request) {
        List<String> expanded = COMMA.splitAsStream(request.parameter("expand").orElse(""))
                .filter(name -> !name.isEmpty())
                .toList();
        return export.toJson(addresses.get(), path, expanded);
    }

    private static String path(Request request) {
        String path = request.path();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String parent(Request request) {
        String path = path(request);
        return path.substring(0, path.lastIndexOf('/'));
    }

    private List<ObjectNode> select(ExportOrder order) {
        return order.select(records.all(order.resource()), switches, clock.instant());
    }

    private ExportedFile execute(ExportOrder order) throws DataExport.TooManyRecords {
        List<ObjectNode> chosen = new ArrayList<>(select(order));
        if (chosen.size() > switches.get(Doubts.RECORD_LIMIT)) {
            throw new DataExport.TooManyRecords();
        }
        Instant now = clock.instant();
        if (switches.get(Doubts.SHUFFLED)) {
            Collections.shuffle(chosen, new Random(now.toEpochMilli()));
        }
        List<String> parts = new ArrayList<>();
        int most = switches.get(Doubts.ROWS_PER_PART);
        for (int from = 0; from < chosen.size(); from += most) {
            parts.add(text(order, chosen.subList(from, Math.min(chosen.size(), from + most))));
        }
        if (parts.isEmpty() && switches.get(Doubts.EMPTY_RESULT) == Doubts.EmptyResult.HEADER_ONLY) {
            parts.add(text(order, List.of()));
        }
        return files.keep(base(order), extension(order), parts, chosen.size());
    }

    private ExportedFile publish(ExportOrder order, Prepared ready) {
        return files.keepFiles(base(order), extension(order), ready.files, ready.records);
    }

    private String text(ExportOrder order, List<ObjectNode> rows) {
        FileForm form = new FileForm(order.fields(), switches);
        return switch (order.format()) {
            case "csv", "detailed-csv" -> form.csv(rows);
            case "json" -> form.json(rows);
            default -> "the sandbox does not make " + order.format() + "\n";
        };
    }

    private static String extension(ExportOrder order) {
        return order.format().equals("json") ? "json" : "csv";
    }

    private static String base(ExportOrder order) {
        return order.resource().name();
    }
}
