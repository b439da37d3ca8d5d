package io.tidemark.sandbox.everyaction;

import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Switches;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Takes requests for exports and answers questions about them. */
final class ExportJobs {
    // beyond 32 bits, as a real one has been seen
    private final AtomicLong lastId = new AtomicLong(3_000_000_016L);
    private final Map<Long, ExportJob> jobs = new ConcurrentHashMap<>();
    private final Map<String, Queue<ExportFiles>> prepared = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Switches switches;
    private final Records records;
    private final FileHost fileHost;
    private final Supplier<URI> fileAddress;
    private final Path folder;

    ExportJobs(
            InstantSource clock,
            Switches switches,
            Records records,
            FileHost fileHost,
            Supplier<URI> fileAddress,
            Path folder) {
        this.clock = clock;
        this.switches = switches;
        this.records = records;
        this.fileHost = fileHost;
        this.fileAddress = fileAddress;
        this.folder = folder;
    }

    void prepare(ResourceType type, ExportFiles files) {
        prepared.computeIfAbsent(type.name(), name -> new ConcurrentLinkedQueue<>())
                .add(files);
    }

    Response create(ApiUser user, Request request) {
        Instant now = clock.instant();
        ExportRequest asked = ExportRequest.read(ApiError.body(request), switches, now);
        if (switches.get(Doubts.FORBIDDEN).contains(asked.type().name())) {
            throw ApiError.forbidden(asked.type().name());
        }
        Queue<ExportFiles> waiting = prepared.get(asked.type().name());
        ExportFiles ready = waiting == null ? null : waiting.poll();
        ExportJob job = new ExportJob(
                lastId.incrementAndGet(),
                user,
                asked,
                switches,
                now,
                (self, to) -> publish(self, ready == null ? export(self, to) : ready));
        jobs.put(job.id(), job);
        return Response.json(201, job.toJson());
    }

    Response poll(ApiUser user, String id) {
        if (!id.matches("\\d{1,18}")) {
            throw ApiError.invalid("exportJobId must be a number", "exportJobId");
        }
        ExportJob job = jobs.get(Long.parseLong(id));
        if (job == null || !job.owner().equals(user)) {
            throw ApiError.notFound("there is no such export job");
        }
        return job.poll(clock.instant())
                .map(json -> Response.json(200, json))
                .orElseThrow(() -> ApiError.notFound("there is no such export job"));
    }

    private ExportFiles export(ExportJob job, Instant to) {
        ExportRequest request = job.request();
        Instant seen = clock.instant().minus(switches.get(Doubts.CHANGE_LOG_DELAY));
        List<Version> rows = new ExportSelection(request, to, job.owner().author(), switches)
                .of(records.histories(request.type(), seen));
        return ExportFiles.write(rows, request, switches, folder);
    }

    private ExportJob.Result publish(ExportJob job, ExportFiles files) {
        Instant expires = clock.instant().plus(switches.get(Doubts.LINK_LIFE));
        List<ExportJob.Link> links = new ArrayList<>();
        for (Path file : files.files()) {
            String name = job.id() + "-" + (links.size() + 1) + ".csv";
            links.add(new ExportJob.Link(fileAddress.get() + fileHost.publish(name, file, expires), expires));
        }
        return new ExportJob.Result(links, files.records());
    }
}
