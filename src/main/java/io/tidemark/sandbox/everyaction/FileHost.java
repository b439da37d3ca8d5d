package io.tidemark.sandbox.everyaction;

import io.tidemark.sandbox.Content;
import io.tidemark.sandbox.Handler;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Switches;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Gives files to whoever has the signed link, and refuses anybody who brings credentials along. */
final class FileHost implements Handler {
    private static final String FOLDER = "/exports/";

    private final InstantSource clock;
    private final Switches switches;
    private final String secret;
    private final Map<String, Link> links = new ConcurrentHashMap<>();

    FileHost(InstantSource clock, Switches switches, String secret) {
        this.clock = clock;
        this.switches = switches;
        this.secret = secret;
    }

    /** Returns the path and query of the link. */
    String publish(String name, Path file, Instant expires) {
        links.put(FOLDER + name, new Link(file, expires));
        return FOLDER + name + "?sig=" + signature(FOLDER + name);
    }

    @Override
    public Response answer(Request request) {
        if (request.headers().has("Authorization") || request.headers().has("Cookie")) {
            return Response.text(400, "credentials do not belong here\n");
        }
        Link link = links.get(request.path());
        if (link == null) {
            return Response.text(404, "there is no such file\n");
        }
        if (!request.parameter("sig").orElse("").equals(signature(request.path()))) {
            return Response.text(403, "the signature does not fit\n");
        }
        if (!clock.instant().isBefore(link.expires)) {
            return Response.text(switches.get(Doubts.EXPIRED_LINK_STATUS), "the link has expired\n");
        }
        return new Response(200, Map.of("Content-Type", "text/csv"), Content.file(link.file));
    }

    private String signature(String path) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((secret + path).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private record Link(Path file, Instant expires) {}
}
