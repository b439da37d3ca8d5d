package io.tidemark.sandbox;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * A small HTTP/1.1 server on 127.0.0.1 that can also misbehave. It is written on sockets because the JDK's own server
 * sets the Date header itself, always frames a body, and cannot reset a connection.
 *
 * <p>One thread a connection, so that a slow answer holds up nobody else. Paths under {@code /sandbox} are out of reach
 * of faults and not logged. {@link #close} ends every pause and connection at once.
 */
public final class LoopbackServer implements AutoCloseable {
    static final String CONTROL = "/sandbox";

    private final String name;
    private final InstantSource clock;
    private final Handler handler;
    private final Faults faults;
    private final RequestLog log;
    private final ServerSocket door;
    private final Pauses pauses = new Pauses();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;

    private LoopbackServer(String name, int port, InstantSource clock, Handler handler, Faults faults, RequestLog log)
            throws IOException {
        this.name = name;
        this.clock = clock;
        this.handler = handler;
        this.faults = faults;
        this.log = log;
        this.door = new ServerSocket();
        door.setReuseAddress(true);
        door.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 200);
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "sandbox-" + name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Listens from now on.
     *
     * @param port 0 for any free one
     */
    public static LoopbackServer start(
            String name, int port, InstantSource clock, Handler handler, Faults faults, RequestLog log) {
        try {
            LoopbackServer server = new LoopbackServer(name, port, clock, handler, faults, log);
            server.threads.execute(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot listen on port " + port + " of 127.0.0.1", e);
        }
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Without a slash at its end. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port());
    }

    @Override
    public void close() {
        pauses.release();
        quietlyClose(door);
        open.forEach(LoopbackServer::quietlyClose);
        threads.shutdownNow();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                open.add(socket);
                if (door.isClosed()) {
                    // closing may have passed by before this one was among the open
                    quietlyClose(socket);
                } else {
                    threads.execute(() -> serve(socket));
                }
            } catch (IOException | RejectedExecutionException e) {
                // closed from outside, or the client was gone before it was served
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            Outgoing outgoing = new Outgoing(socket.getOutputStream(), pauses);
            Incoming incoming = new Incoming(new BufferedInputStream(socket.getInputStream()), () -> proceed(outgoing));
            Optional<Request> request = incoming.next();
            while (request.isPresent() && exchange(request.get(), outgoing, socket)) {
                request = incoming.next();
            }
        } catch (IOException | UncheckedIOException e) {
            // the client is gone or sends no HTTP; there is nobody to tell
        } finally {
            open.remove(socket);
        }
    }

    private static void proceed(Outgoing outgoing) {
        try {
            outgoing.proceed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether the connection can be used for another request. */
    private boolean exchange(Request request, Outgoing outgoing, Socket socket) throws IOException {
        boolean control = request.path().equals(CONTROL) || request.path().startsWith(CONTROL + "/");
        if (control) {
            return send(request, handled(request), Delivery.PLAIN, outgoing);
        }
        RecordedRequest recorded = log.arrived(name, request, clock.instant());
        Optional<Fault> taken = faults.take(request);
        if (taken.isEmpty()) {
            Response response = handled(request);
            log.answered(recorded, response.status());
            return send(request, response, Delivery.PLAIN, outgoing);
        }
        return misbehave(taken.get(), request, recorded, outgoing, socket);
    }

    private boolean misbehave(Fault fault, Request request, RecordedRequest recorded, Outgoing outgoing, Socket socket)
            throws IOException {
        if (fault.kind() == Fault.Kind.RESET || fault.kind() == Fault.Kind.ANSWER_LOST) {
            if (fault.kind() == Fault.Kind.ANSWER_LOST) {
                handled(request);
            }
            socket.setSoLinger(true, 0);
            return false;
        }
        Response response = fault.kind() == Fault.Kind.STATUS ? instead(fault) : spoilt(fault, handled(request));
        log.answered(recorded, response.status());
        Delivery delivery = fault.delivery();
        boolean reusable = send(request, response, delivery, outgoing);
        if (delivery.reset()) {
            socket.setSoLinger(true, 0);
        }
        return reusable;
    }

    private boolean send(Request request, Response response, Delivery delivery, Outgoing outgoing) throws IOException {
        boolean keep = request.headers()
                .first("Connection")
                .filter("close"::equalsIgnoreCase)
                .isEmpty();
        return outgoing.send(response, delivery, !request.method().equals("HEAD"), clock.instant()) && keep;
    }

    private Response instead(Fault fault) {
        Response response = new Response(fault.status(), fault.headers(), Content.text(fault.body()));
        return Optional.ofNullable(fault.retryAfterDate())
                .map(ahead -> response.with(
                        "Retry-After", Outgoing.httpDate(clock.instant().plus(ahead))))
                .orElse(response);
    }

    private static Response spoilt(Fault fault, Response response) throws IOException {
        return switch (fault.kind()) {
            case EMPTY_BODY -> response.with(Content.NONE);
            case TRUNCATED_RECORD -> response.with(Content.text(Spoiling.truncated(text(response))));
            case OVERSIZED_FIELD -> response.with(Content.text(Spoiling.oversized(text(response), fault.bytes())));
            case GZIP ->
                response.with("Content-Encoding", "gzip").with(Spoiling.packed(response.content(), fault.bytes()));
            default -> response;
        };
    }

    private static String text(Response response) throws IOException {
        try (var in = response.content().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    // the one boundary: a bug in a pretended system must look like a broken vendor, and be seen in the answer
    private Response handled(Request request) {
        try {
            faults.happen(request, false);
            Response response = answer(request);
            faults.happen(request, true);
            return response;
        } catch (RuntimeException e) {
            return Response.text(500, "the sandbox failed: " + e + "\n");
        }
    }

    private Response answer(Request request) {
        try {
            return handler.answer(request);
        } catch (RefusedRequest e) {
            return e.response();
        }
    }

    private static void quietlyClose(Closeable thing) {
        try {
            thing.close();
        } catch (IOException e) {
            // already gone, which is what was wanted
        }
    }
}
