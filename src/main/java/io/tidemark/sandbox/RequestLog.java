package io.tidemark.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Every request in the order of arrival, recorded before it is handled. A client that has its answer finds the status
 * here. Requests to the control paths are left out. Safe for use by several threads.
 */
public final class RequestLog {
    private final List<RecordedRequest> requests = new ArrayList<>();

    public synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /** The requests with this method and exactly this path. */
    public List<RecordedRequest> requests(String method, String path) {
        return requests().stream()
                .filter(request ->
                        request.method().equals(method) && request.path().equals(path))
                .toList();
    }

    public long count(String method, String path) {
        return requests(method, path).size();
    }

    /** Waits until at least so many such requests have arrived; false when the time is over before. */
    public synchronized boolean await(String method, String path, long atLeast, Duration longest)
            throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (count(method, path) < atLeast) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    public synchronized void clear() {
        requests.clear();
    }

    synchronized RecordedRequest arrived(String server, Request request, Instant at) {
        RecordedRequest recorded = new RecordedRequest(
                server, request.method(), request.path(), request.query(), request.headers(), request.body(), at, 0);
        requests.add(recorded);
        notifyAll();
        return recorded;
    }

    synchronized void answered(RecordedRequest recorded, int status) {
        for (int place = requests.size() - 1; place >= 0; place--) {
            // the very object: two equal requests may wait for their answers at the same time
            if (isSame(requests.get(place), recorded)) {
                requests.set(place, recorded.answered(status));
                return;
            }
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(RecordedRequest one, RecordedRequest other) {
        return one == other;
    }
}
