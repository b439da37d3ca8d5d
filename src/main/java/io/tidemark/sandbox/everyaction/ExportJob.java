package io.tidemark.sandbox.everyaction;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Switches;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One job from its request to its end. It moves on when it is asked about, never by itself. */
final class ExportJob {
    private final long id;
    private final ApiUser owner;
    private final ExportRequest request;
    private final Switches switches;
    private final Work work;
    private @Nullable Instant to;
    private String status = "Pending";
    private List<Link> links = List.of();
    private long records;
    private int polls;

    /** Makes the files of a job. */
    @FunctionalInterface
    interface Work {
        /** The end of the window may be decided by the job, and is handed over. */
        Result execute(ExportJob job, Instant to);
    }

    record Link(String url, Instant expires) {}

    record Result(List<Link> links, long records) {}

    ExportJob(long id, ApiUser owner, ExportRequest request, Switches switches, Instant now, Work work) {
        this.id = id;
        this.owner = owner;
        this.request = request;
        this.switches = switches;
        this.work = work;
        boolean late = switches.get(Doubts.WINDOW_END) == Doubts.WindowEnd.AT_EXECUTION;
        this.to = request.to().orElse(late ? null : now);
    }

    long id() {
        return id;
    }

    ApiUser owner() {
        return owner;
    }

    ExportRequest request() {
        return request;
    }

    /** Counts a poll and moves on as far as the switches say. Nothing when the job has vanished. */
    synchronized Optional<ObjectNode> poll(Instant now) {
        polls++;
        int pending = switches.get(Doubts.PENDING_POLLS);
        boolean ended = status.equals("Complete") || status.equals("Error");
        if (!ended && !switches.get(Doubts.STUCK_PENDING) && polls > pending) {
            to = to == null ? now : to;
            status = switches.get(Doubts.UNKNOWN_STATUS) ? "Hibernating" : "InProcess";
            if (polls > pending + switches.get(Doubts.IN_PROCESS_POLLS)) {
                return end(to);
            }
        }
        return Optional.of(toJson());
    }

    private Optional<ObjectNode> end(Instant windowEnd) {
        switch (switches.get(Doubts.OUTCOME)) {
            case VANISHED -> {
                return Optional.empty();
            }
            case ERROR -> status = "Error";
            case COMPLETE -> {
                Result result = work.execute(this, windowEnd);
                links = result.links;
                records = result.records + switches.get(Doubts.COUNT_OFF_BY);
                status = "Complete";
            }
        }
        return Optional.of(toJson());
    }

    synchronized ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("exportJobId", id)
                .put("jobStatus", status)
                .put("dateChangedFrom", Timestamps.write(request.from()))
                .put("dateChangedTo", windowEnd());
        ArrayNode files = json.putArray("files");
        links.forEach(link -> files.addObject()
                .put("downloadUrl", link.url)
                .put("dateExpired", Timestamps.sevenDigits(link.expires)));
        boolean failed = status.equals("Error");
        json.put("message", failed ? switches.get(Doubts.ERROR_MESSAGE) : message())
                .put("code", failed ? switches.get(Doubts.ERROR_CODE) : null)
                .put("exportedRecordCount", records);
        echo(json);
        return json;
    }

    private @Nullable String windowEnd() {
        boolean told = request.to().isPresent() || switches.get(Doubts.WINDOW_END) != Doubts.WindowEnd.NEVER_TOLD;
        return told && to != null ? Timestamps.write(to) : null;
    }

    private String message() {
        return switch (status) {
            case "Complete" -> "The export is ready";
            case "Pending" -> "The export waits for its turn";
            default -> "The export is being made";
        };
    }

    private void echo(ObjectNode json) {
        if (request.body().hasNonNull("contactMode")) {
            json.put("contactMode", request.contactMode());
        }
        put(json, "includeInactive", request.includeInactive());
        if (request.body().hasNonNull("excludeChangesFromSelf")
                && switches.get(Doubts.SELF_EXCLUSION) != Doubts.SelfExclusion.REFUSED) {
            put(json, "excludeChangesFromSelf", request.excludeSelf());
        }
        if (switches.get(Doubts.FULL_ECHO)) {
            request.body().properties().forEach(entry -> {
                if (!json.has(entry.getKey()) && !entry.getKey().equals("excludeChangesFromSelf")) {
                    json.set(entry.getKey(), entry.getValue());
                }
            });
        }
    }

    private void put(ObjectNode json, String name, boolean value) {
        if (switches.get(Doubts.BOOLEANS) == Doubts.Booleans.TEXT) {
            json.put(name, Boolean.toString(value));
        } else {
            json.put(name, value);
        }
    }
}
