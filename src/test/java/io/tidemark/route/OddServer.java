package io.tidemark.route;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server that speaks HTTP only as far as a test wants. It keeps the head of each request. */
final class OddServer implements AutoCloseable {
    private final ServerSocket door;
    private final Behaviour behaviour;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch clientGone = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** What is sent after a request's head; it may take as long as it likes. */
    interface Behaviour {
        void answer(OutputStream out, OddServer server) throws IOException, InterruptedException;
    }

    OddServer(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        threads.execute(this::accept);
    }

    static OddServer answering(String text) {
        return new OddServer((out, server) -> out.write(text.getBytes(StandardCharsets.US_ASCII)));
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + door.getLocalPort() + path);
    }

    List<String> heads() {
        return List.copyOf(heads);
    }

    /** Waits for the time, or until the server is closed; returns whether it goes on. */
    boolean pause(long millis) throws InterruptedException {
        return !closed.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Whether the client hung up within the time. */
    boolean clientGone(long seconds) throws InterruptedException {
        return clientGone.await(seconds, TimeUnit.SECONDS);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException over) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            heads.add(head(socket));
            behaviour.answer(socket.getOutputStream(), this);
            socket.getOutputStream().flush();
        } catch (IOException gone) {
            clientGone.countDown();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static String head(Socket socket) throws IOException {
        var text = new StringBuilder();
        var in = socket.getInputStream();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("gone");
            }
            text.append((char) next);
        }
        return text.toString();
    }

    @Override
    public void close() {
        closed.countDown();
        threads.shutdownNow();
        try {
            door.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
