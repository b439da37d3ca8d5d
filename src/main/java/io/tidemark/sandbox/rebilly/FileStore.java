package io.tidemark.sandbox.rebilly;

import io.tidemark.sandbox.Content;
import io.tidemark.sandbox.Handler;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Switches;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Keeps the files of exports: gives them to whoever asks the API with a key, and to whoever has a signed link. The host
 * of the signed links refuses credentials unless a switch says that it wants them.
 */
final class FileStore implements Handler {
    private static final String FOLDER = "/signed/";

    private final InstantSource clock;
    private final Switches switches;
    private final List<ApiUser> users;
    private final Path folder;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<String, Kept> files = new ConcurrentHashMap<>();
    private final Map<String, Signed> links = new ConcurrentHashMap<>();

    private record Kept(Path path, String name, Instant made) {}

    private record Signed(String fileId, Instant expires) {}

    FileStore(InstantSource clock, Switches switches, List<ApiUser> users, Path folder) {
        this.clock = clock;
        this.switches = switches;
        this.users = users;
        this.folder = folder;
    }

    /** Keeps the parts of an export: a single one as it is, several as a ZIP. */
    ExportedFile keep(String base, String extension, List<String> parts, long records) {
        List<Path> written = new ArrayList<>();
        try {
            for (String part : parts) {
                written.add(Files.writeString(Files.createTempFile(folder, "part", ".tmp"), part));
            }
            return keepFiles(base, extension, written, records);
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot write an export", e);
        }
    }

    ExportedFile keepFiles(String base, String extension, List<Path> parts, long records) {
        String id = "file_sandbox%06d".formatted(number.incrementAndGet());
        Path path = parts.isEmpty() ? folder.resolve(id) : parts.get(0);
        String name = base + "." + extension;
        if (parts.size() > 1) {
            path = zipped(base, extension, parts);
            name = base + ".zip";
        }
        files.put(id, new Kept(path, name, clock.instant()));
        return new ExportedFile(id, name, records, !parts.isEmpty(), () -> sign(id));
    }

    private Path zipped(String base, String extension, List<Path> parts) {
        try {
            Path zip = Files.createTempFile(folder, "export", ".zip");
            try (OutputStream out = Files.newOutputStream(zip);
                    ZipOutputStream entries = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
                for (int place = 0; place < parts.size(); place++) {
                    entries.putNextEntry(new ZipEntry(base + "-part" + (place + 1) + "." + extension));
                    Files.copy(parts.get(place), entries);
                    entries.closeEntry();
                }
            }
            return zip;
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot write a ZIP", e);
        }
    }

    private String sign(String fileId) {
        Duration life = switches.get(Doubts.SIGNED_LINK_LIFE);
        Instant expires = life.isZero() ? Instant.MAX : clock.instant().plus(life);
        String token = "%08x%04d".formatted(fileId.hashCode() * 31, number.incrementAndGet());
        links.put(token, new Signed(fileId, expires));
        return FOLDER + fileId + "?sig=" + token;
    }

    /** The file itself, for somebody who has shown the key. */
    Response download(String fileId) {
        return kept(fileId).map(FileStore::content).orElseThrow(() -> Problem.notFound("the file"));
    }

    @Override
    public Response answer(Request request) {
        boolean keyWanted = switches.get(Doubts.SIGNED_LINK) == Doubts.SignedLink.WITH_KEY;
        boolean signed = Authentication.user(users, request).isPresent();
        boolean credentials = Authentication.tries(request) || request.headers().has("Cookie");
        if (keyWanted ? !signed : credentials) {
            return Response.text(keyWanted ? 401 : 400, "credentials are not as they should be here\n");
        }
        Signed link = links.get(request.parameter("sig").orElse(""));
        if (link == null || !request.path().equals(FOLDER + link.fileId)) {
            return Response.text(403, "the signature does not fit\n");
        }
        if (!clock.instant().isBefore(link.expires)) {
            return Response.text(switches.get(Doubts.EXPIRED_LINK_STATUS), "the link has expired\n");
        }
        return kept(link.fileId).map(FileStore::content).orElseGet(() -> Response.text(404, "there is no such file\n"));
    }

    private Optional<Kept> kept(String fileId) {
        Duration life = switches.get(Doubts.FILE_LIFE);
        return Optional.ofNullable(files.get(fileId))
                .filter(file -> life.isZero() || clock.instant().isBefore(file.made.plus(life)));
    }

    private static Response content(Kept file) {
        String type = file.name.endsWith(".zip")
                ? "application/zip"
                : file.name.endsWith(".json") ? "application/json" : "text/csv";
        return new Response(200, Map.of("Content-Type", type), Content.file(file.path));
    }
}
