package io.tidemark.route;

import io.tidemark.sql.CycleEnd.Counts;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a bridge told of its cycles, in order, as {@code stream outcome}. */
final class Happenings implements Listener {
    private final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void committed(String stream, Counts counts, long jobMillis, long loadMillis) {
        all.add(stream + " committed");
    }

    @Override
    public void failed(String stream, String reason) {
        all.add(stream + " failed");
    }

    @Override
    public void stopped(String stream, String reason) {
        all.add(stream + " stopped");
    }

    @Override
    public void braked(String stream, String reason) {
        all.add(stream + " braked");
    }

    List<String> all() {
        return List.copyOf(all);
    }
}
