package io.tidemark.route;

import io.tidemark.settings.StreamSettings;
import io.tidemark.sql.Outbox;
import io.tidemark.sql.Target;
import io.tidemark.stream.CycleKind;
import io.tidemark.stream.Flight;
import io.tidemark.system.ExportRequest;
import java.util.List;
import java.util.Optional;

/** What the cycle in flight wants of the vendor: the same for its request, and for every look at its job. */
final class Wanted {
    /** How many records are asked for by their keys at once. */
    static final int BATCH = 1000;

    private final Outbox outbox;

    Wanted(Outbox outbox) {
        this.outbox = outbox;
    }

    ExportRequest of(Turn turn) {
        Flight flight = turn.state().inFlight();
        return new ExportRequest(flight.from(), flight.to(), keys(turn, flight), withoutOwnChanges(turn));
    }

    private List<String> keys(Turn turn, Flight flight) {
        Optional<String> upTo = flight.upToKey();
        if (upTo.isEmpty()) {
            return List.of();
        }
        Target target = turn.stream().target();
        return flight.kind() == CycleKind.READ_BACK
                ? outbox.toReadBack(target, upTo.get(), BATCH)
                : target.keysBetween(turn.state().keysDone(), upTo.get());
    }

    private static boolean withoutOwnChanges(Turn turn) {
        StreamSettings settings = turn.stream().settings();
        boolean plainWindow = turn.state().inFlight().kind() == CycleKind.WINDOW
                && turn.state().watermark() != null;
        boolean wanted = turn.stream()
                .export()
                .withoutOwnChanges()
                .orElse(settings.direction() == StreamSettings.Direction.BOTH);
        return plainWindow && wanted;
    }
}
