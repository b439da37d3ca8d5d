package io.tidemark.sandbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The faults that wait for their requests. A fault names its requests by method and path, without the query; a star
 * stands for any characters: {@code POST /v4/people/*}, {@code * /exports/*}. Of several that fit, the oldest is used
 * first. Safe for use by several threads.
 */
public final class Faults {
    private static final Pattern FORM = Pattern.compile("(\\*|[A-Z]+) /\\S*");

    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Meanwhile> meanwhile = new ArrayList<>();

    public synchronized Faults next(String requests, Fault fault) {
        if (!FORM.matcher(requests).matches()) {
            throw new IllegalArgumentException(
                    "a fault names its requests as METHOD /path with * for anything, not: " + requests);
        }
        waiting.add(new Waiting(pattern(requests), fault, fault.times()));
        return this;
    }

    /**
     * Runs something while the next such request is under way: before it has its effect, or after that and before its
     * answer leaves. A request that is not handled passes it by.
     */
    public synchronized Faults meanwhile(String requests, boolean effected, Runnable what) {
        meanwhile.add(new Meanwhile(pattern(requests), effected, what));
        return this;
    }

    /** Runs what waits for the moment, one thing at most. */
    void happen(Request request, boolean effected) {
        takeMeanwhile(request.method() + " " + request.path(), effected).ifPresent(Runnable::run);
    }

    private synchronized Optional<Runnable> takeMeanwhile(String line, boolean effected) {
        for (Meanwhile candidate : meanwhile) {
            if (candidate.effected == effected
                    && candidate.requests.matcher(line).matches()) {
                meanwhile.remove(candidate);
                return Optional.of(candidate.what);
            }
        }
        return Optional.empty();
    }

    public synchronized void clear() {
        waiting.clear();
        meanwhile.clear();
    }

    /** How many requests are still to be hit. */
    public synchronized int left() {
        return waiting.stream().mapToInt(Waiting::left).sum();
    }

    synchronized Optional<Fault> take(Request request) {
        String line = request.method() + " " + request.path();
        for (int place = 0; place < waiting.size(); place++) {
            Waiting candidate = waiting.get(place);
            if (candidate.requests.matcher(line).matches()) {
                if (candidate.left == 1) {
                    waiting.remove(place);
                } else {
                    waiting.set(place, new Waiting(candidate.requests, candidate.fault, candidate.left - 1));
                }
                return Optional.of(candidate.fault);
            }
        }
        return Optional.empty();
    }

    private static Pattern pattern(String requests) {
        return Pattern.compile(
                Arrays.stream(requests.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    private record Meanwhile(Pattern requests, boolean effected, Runnable what) {}

    private record Waiting(Pattern requests, Fault fault, int left) {}
}
