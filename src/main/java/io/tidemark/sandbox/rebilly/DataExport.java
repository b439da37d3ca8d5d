package io.tidemark.sandbox.rebilly;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Switches;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One data export from its request to its end. It moves on when it is asked about, never by itself. */
final class DataExport {
    private final String id;
    private final ApiUser owner;
    private final Switches switches;
    private final Work work;
    private final Instant created;
    private ExportOrder order;
    private Instant updated;
    private String status = "pending";
    private @Nullable String failure;
    private @Nullable ExportedFile file;
    private @Nullable Instant lastRun;
    private long records;
    private int polls;

    /** Makes the file of an export. */
    @FunctionalInterface
    interface Work {
        ExportedFile execute(ExportOrder order) throws TooManyRecords;
    }

    /** The export would be longer than one may be. */
    static final class TooManyRecords extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Where links point to. */
    record Addresses(URI api, URI files) {}

    DataExport(String id, ApiUser owner, ExportOrder order, Switches switches, Instant now, Work work) {
        this.id = id;
        this.owner = owner;
        this.order = order;
        this.switches = switches;
        this.created = now;
        this.updated = now;
        this.work = work;
    }

    String id() {
        return id;
    }

    ApiUser owner() {
        return owner;
    }

    synchronized boolean pending() {
        return status.equals("pending");
    }

    synchronized boolean running() {
        return status.equals("queued") || status.equals("processing") || status.equals("archiving");
    }

    synchronized void change(ExportOrder other, Instant now) {
        order = other;
        updated = now;
    }

    /** Counts a poll and moves on as far as the switches say. False when the export has vanished. */
    synchronized boolean poll(Instant now) {
        if (lastRun == null) {
            return advance(now);
        }
        order.recurrence()
                .flatMap(rule -> rule.latest(now))
                .filter(due -> due.isAfter(lastRun))
                .ifPresent(this::run);
        return true;
    }

    private boolean advance(Instant now) {
        if (now.isBefore(order.scheduled(created)) || ended()) {
            return true;
        }
        polls++;
        int pending = switches.get(Doubts.PENDING_POLLS);
        int queued = pending + switches.get(Doubts.QUEUED_POLLS);
        int processing = queued + switches.get(Doubts.PROCESSING_POLLS);
        Doubts.Stuck stuck = switches.get(Doubts.STUCK);
        if (polls <= pending || stuck == Doubts.Stuck.PENDING) {
            return true;
        }
        if (polls <= queued || stuck == Doubts.Stuck.QUEUED) {
            move("queued", now);
        } else if (polls <= processing || stuck == Doubts.Stuck.PROCESSING) {
            move(switches.get(Doubts.UNKNOWN_STATUS) ? "archiving" : "processing", now);
        } else {
            return end(now);
        }
        return true;
    }

    private boolean end(Instant now) {
        switch (switches.get(Doubts.OUTCOME)) {
            case VANISHED -> {
                return false;
            }
            case RECORD_LIMIT_EXCEEDED -> fail("record-limit-exceeded", now);
            case MAX_RETRIES_REACHED -> fail("max-retries-reached", now);
            case COMPLETED -> run(now);
        }
        return true;
    }

    private void run(Instant due) {
        try {
            ExportedFile made = work.execute(order);
            file = made.published() ? made : null;
            records = made.records() + switches.get(Doubts.COUNT_OFF_BY);
            move(between(), due);
            if (order.recurrence().isPresent()) {
                lastRun = due;
            }
        } catch (TooManyRecords e) {
            fail("record-limit-exceeded", due);
        }
    }

    private String between() {
        boolean waits =
                order.recurrence().isPresent() && switches.get(Doubts.RECURRING_STATE) == Doubts.RecurringState.PENDING;
        return waits ? "pending" : "completed";
    }

    private void fail(String reason, Instant now) {
        if (switches.get(Doubts.FAILED_STATUS) == Doubts.FailedStatus.KNOWN) {
            failure = reason;
            move("failed", now);
        } else {
            move("processing", now);
        }
    }

    private void move(String next, Instant now) {
        if (!status.equals(next) || order.recurrence().isPresent()) {
            status = next;
            updated = now;
        }
    }

    private boolean ended() {
        return status.equals("completed") || status.equals("failed");
    }

    synchronized ObjectNode toJson(Addresses addresses, String path, List<String> expanded) {
        ObjectNode json = order.body().deepCopy();
        json.put("id", id).put("userId", owner.userId());
        Optional<ExportedFile> result = Optional.ofNullable(file);
        json.put("fileId", result.map(ExportedFile::id).orElse(null));
        if (ended() || result.isPresent()) {
            json.put("recordCount", records);
        }
        json.put("scheduledTime", Moments.iso(order.scheduled(created)))
                .put("createdTime", Moments.iso(created))
                .put("updatedTime", Moments.iso(updated))
                .put("status", status)
                .put("failureReason", failure);
        ArrayNode links = json.putArray("_links");
        link(links, "self", addresses.api() + path + "/" + id);
        link(links, "user", addresses.api() + "/users/" + owner.userId());
        result.ifPresent(made -> fileLinks(links, made, addresses));
        embed(json, expanded);
        return json;
    }

    private void fileLinks(ArrayNode links, ExportedFile made, Addresses addresses) {
        Doubts.Links shown = switches.get(Doubts.LINKS);
        if (shown == Doubts.Links.BOTH || shown == Doubts.Links.DOWNLOAD_ONLY) {
            link(links, "download", addresses.api() + "/files/" + made.id() + "/download");
        }
        if (shown == Doubts.Links.BOTH || shown == Doubts.Links.SIGNED_ONLY) {
            link(links, "signedLink", addresses.files() + made.sign());
        }
    }

    private void embed(ObjectNode json, List<String> expanded) {
        if (expanded.isEmpty()) {
            return;
        }
        ObjectNode embedded = json.putObject("_embedded");
        ExportedFile made = file;
        if (expanded.contains("file") && made != null) {
            embedded.set("file", Json.object().put("id", made.id()).put("name", made.name()));
        }
        if (expanded.contains("user")) {
            embedded.set("user", Json.object().put("id", owner.userId()));
        }
    }

    private static void link(ArrayNode links, String rel, String href) {
        links.addObject().put("rel", rel).put("href", href);
    }
}
