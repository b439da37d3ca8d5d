package io.tidemark.route;

import io.tidemark.route.ActiveStream.Introduction;
import io.tidemark.settings.StreamSettings;
import io.tidemark.sql.Claim;
import io.tidemark.sql.Database;
import io.tidemark.sql.Outbox;
import io.tidemark.sql.StreamStore;
import io.tidemark.sql.Target;
import io.tidemark.stream.Backoff;
import io.tidemark.stream.CycleKind;
import io.tidemark.stream.Flight;
import io.tidemark.stream.Job;
import io.tidemark.stream.Plan;
import io.tidemark.stream.StreamState;
import io.tidemark.system.ExportLimits;
import io.tidemark.system.Requested;
import io.tidemark.system.Shape;
import io.tidemark.system.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The request step: who answers, what comes, from when on; then the request itself. */
public final class Requests {
    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

    static final String ECHO_WARNING = "the server did not accept excludeChangesFromSelf: the stream's own changes come"
            + " back with every export and die on arrival here, which costs time; ask the vendor to allow it for this key";

    static final String BACKFILL_WARNING =
            "the watermark was out of the vendor's reach: the known records are asked for by"
                    + " their keys, but records that were created in the gap may be missing";

    private static final Duration SOON = Duration.ofDays(7);

    private final Database database;
    private final StreamStore store;

    private final Outbox outbox;
    private final Wanted wanted;

    Requests(Database database, StreamStore store, Outbox outbox, Wanted wanted) {
        this.wanted = wanted;
        this.database = database;
        this.store = store;
        this.outbox = outbox;
    }

    /** Asks who answers and what exports look like, once in a process. */
    public Step<Introduction> introduce(@ExchangeProperty("turn") Turn turn) {
        ActiveStream stream = turn.stream();
        return stream.introduction()
                .map(Step::done)
                .orElseGet(() -> stream.source()
                        .account()
                        .flatMap(account -> stream.export()
                                .shape()
                                .flatMap(shape -> writable(stream)
                                        .map(known -> new Introduction(account, shape, Optional.empty())))));
    }

    /** Asks what can be written: where rows and records meet for the first time, the rest is the vendor's. */
    private static Step<ActiveStream> writable(ActiveStream stream) {
        return stream.writes()
                ? stream.writing().writable().map(known -> {
                    stream.canWrite(known);
                    return stream;
                })
                : Step.done(stream);
    }

    /** Makes sure that nobody swapped the database or the account, and that the table is there. */
    public void introduced(@ExchangeProperty("turn") Turn turn, @Body Introduction known) {
        ActiveStream stream = turn.stream();
        StreamState state = turn.state();
        String account = known.account().identity();
        String here = database.identity();
        Optional<String> swapped = swapped(state.databaseIdentity(), here, "database")
                .or(() -> swapped(state.accountIdentity(), account, "account"));
        if (swapped.isPresent()) {
            throw new IdentityChangedException(
                    "stream " + stream.name() + ": " + swapped.get() + ". If that is meant, run 'tidemark resume "
                            + stream.name() + " --accept'; if this is a copy, remove the stream or point it elsewhere");
        }
        if (stream.lacksWayBack()) {
            StreamSettings settings = stream.settings();
            throw new NoWayBackException("stream " + stream.name() + ": its direction is "
                    + StreamSettings.word(settings.direction()) + ", and nothing of " + settings.resource()
                    + (settings.key().isEmpty() ? "" : " with the key " + String.join(", ", settings.key()))
                    + " can be written. Set tidemark.streams." + stream.name() + ".direction=inbound");
        }
        if (known.target().isEmpty()) {
            Target target = target(stream, known.shape());
            stream.introduced(new Introduction(known.account(), known.shape(), Optional.of(target)));
        }
        turn.claim(turn.claim().with(state.identified(here, account)));
    }

    private Target target(ActiveStream stream, Shape shape) {
        ZoneId zone = stream.sourceSettings().zone();
        return store.database() == database
                ? Target.prepare(database, stream.settings(), shape, zone)
                : Target.rehearse(database, stream.settings(), shape, zone);
    }

    private static Optional<String> swapped(@Nullable String before, String now, String what) {
        return before == null || before.equals(now)
                ? Optional.empty()
                : Optional.of("the " + what + " changed from " + before + " to " + now);
    }

    /** Plans the window and asks for its export; null where there is nothing to ask for. */
    public @Nullable Step<Requested> plan(@ExchangeProperty("turn") Turn turn) {
        if (turn.state().flight().isPresent()) {
            return request(turn);
        }
        if (turn.stream().settings().direction() == StreamSettings.Direction.OUTBOUND) {
            if (turn.claim().outward().readBack()) {
                store.nothingToReadBack(turn.claim());
                turn.over();
                return null;
            }
            return nothing(turn);
        }
        if (turn.claim().outward().readBack()) {
            return readBack(turn);
        }
        Plan plan = plan(turn, terms(turn), turn.stream().clock().now());
        if (plan instanceof Plan.Ask ask) {
            if (ask.clamped()) {
                LOG.warn(
                        "{}: asks from {} on only: the vendor keeps no changes from before",
                        turn.stream().name(),
                        ask.from());
            }
            return begun(turn, ask) ? request(turn) : null;
        }
        if (plan instanceof Plan.Backfill backfill) {
            List<String> keys = turn.stream().target().keysAfter(turn.state().keysDone(), Wanted.BATCH);
            begin(turn, CycleKind.BACKFILL, backfill.from(), null, keys.get(keys.size() - 1));
            return request(turn);
        }
        if (plan instanceof Plan.Compare compare) {
            return compare(turn, compare);
        }
        if (plan instanceof Plan.OutOfReach gap) {
            throw new GapException("stream " + turn.stream().name() + ": the watermark " + gap.watermark()
                    + " is older than the vendor"
                    + " keeps changes (since " + gap.reach() + "), so changes between the two cannot be asked for."
                    + " Set tidemark.streams." + turn.stream().name() + ".gap=clamp to go on from there, or =backfill"
                    + " to ask for the known records one by one first, then run 'tidemark resume "
                    + turn.stream().name() + "'");
        }
        return nothing(turn);
    }

    /** A full comparison takes the place of a window, once there has been one. */
    private static Plan plan(Turn turn, Plan.Terms terms, Instant now) {
        Plan plan = Plan.of(turn.state(), terms, now);
        return turn.claim().outward().reconcile()
                        && plan instanceof Plan.Ask ask
                        && ask.kind() == CycleKind.WINDOW
                        && !ask.first()
                ? Plan.reconcile(turn.state(), terms, now)
                : plan;
    }

    /** Begins the cycle, unless the vendor works at one export after another and has one to do. */
    private boolean begun(Turn turn, Plan.Ask ask) {
        Instant to = end(turn, ask.to());
        @Nullable String mark = mark(turn, ask);
        if (!turn.stream().export().limits().alone()) {
            begin(turn, ask.kind(), ask.from(), to, mark);
            return true;
        }
        Optional<Claim> begun = store.beginAlone(turn.claim(), ask.kind(), ask.from(), to, mark);
        begun.ifPresentOrElse(turn::claim, () -> {
            Instant later = turn.now().plus(turn.stream().settings().pollFirst());
            store.save(turn.claim(), turn.state().waiting(later), null);
            turn.over();
        });
        return begun.isPresent();
    }

    /** What follows the window at once, null for nothing. */
    private static @Nullable String mark(Turn turn, Plan.Ask ask) {
        Instant to = ask.to();
        if (ask.part() && to != null) {
            return Flight.partMark(ask.kind(), to);
        }
        return ask.kind() == CycleKind.RECONCILE && keysFollow(turn.stream())
                ? Flight.keysMark(CycleKind.RECONCILE, "")
                : null;
    }

    /** Whether a full comparison asks for the known records by their keys, too: windows do not show all, or not which are gone. */
    private static boolean keysFollow(ActiveStream stream) {
        boolean wanted = stream.source().reach().isPresent() || (stream.findsGone() && !stream.windowsTellMissing());
        return wanted && stream.export().limits().byKeys() && stream.target().keyedByOne();
    }

    /** Asks for the next of the known records, which windows do not show or no longer reach. */
    private @Nullable Step<Requested> compare(Turn turn, Plan.Compare plan) {
        List<String> keys = turn.stream().target().keysAfter(turn.state().keysDone(), Wanted.BATCH + 1);
        boolean more = keys.size() > Wanted.BATCH;
        if (keys.isEmpty()) {
            store.reconciled(turn.stream().name());
            return nothing(turn);
        }
        String last = keys.get(Math.min(keys.size(), Wanted.BATCH) - 1);
        begin(turn, CycleKind.RECONCILE, plan.from(), null, more ? Flight.keysMark(CycleKind.RECONCILE, last) : last);
        return request(turn);
    }

    private @Nullable Step<Requested> nothing(Turn turn) {
        store.save(turn.claim(), turn.state().nothingToDo(turn.now()), null);
        turn.over();
        return null;
    }

    /** Asks for what was written and not seen since. */
    private @Nullable Step<Requested> readBack(Turn turn) {
        List<String> keys = turn.stream().export().limits().byKeys()
                ? outbox.toReadBack(turn.stream().target(), null, Wanted.BATCH)
                : List.of();
        if (keys.isEmpty()) {
            store.nothingToReadBack(turn.claim());
            turn.over();
            return null;
        }
        begin(turn, CycleKind.READ_BACK, edge(turn), null, keys.get(keys.size() - 1));
        return request(turn);
    }

    private Instant edge(Turn turn) {
        return terms(turn).edge(turn.stream().clock().now());
    }

    private void begin(Turn turn, CycleKind kind, Instant from, @Nullable Instant to, @Nullable String lastKey) {
        turn.claim(store.begin(turn.claim(), kind, from, to, lastKey));
    }

    private Plan.Terms terms(Turn turn) {
        ActiveStream stream = turn.stream();
        StreamSettings settings = stream.settings();
        Instant now = stream.clock().now();
        Optional<Instant> start =
                stream.export().from().or(() -> settings.startFrom().map(from -> startOf(from, now)));
        ExportLimits limits = stream.export().limits();
        return new Plan.Terms(
                settings.overlap(),
                stream.source().reach(),
                limits.earliest(),
                limits.longest(),
                start,
                stream.export().to(),
                Plan.Gap.valueOf(settings.gap().name()),
                settings.gap() != StreamSettings.Gap.BACKFILL
                        || stream.target().keysAfter(turn.state().keysDone(), 1).isEmpty());
    }

    private static Instant startOf(StreamSettings.StartFrom from, Instant now) {
        if (from instanceof StreamSettings.StartFrom.At at) {
            return at.instant();
        }
        return now.minus(((StreamSettings.StartFrom.Back) from).duration());
    }

    private Step<Requested> request(Turn turn) {
        ActiveStream stream = turn.stream();
        Instant end = end(turn, turn.state().inFlight().to());
        if (end != null) {
            turn.claim(turn.claim().with(turn.state().endingAt(end)));
        }
        return stream.export().request(wanted.of(turn));
    }

    /**
     * The window's end where it is not the vendor who sets it. It is stored before the call, so that the same is asked for
     * again where nobody knows whether the call arrived.
     */
    private static @Nullable Instant end(Turn turn, @Nullable Instant planned) {
        ActiveStream stream = turn.stream();
        if (planned != null || !stream.setsOwnEnd()) {
            return planned;
        }
        return stream.clock().now().minus(stream.sourceSettings().windowLag()).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Stores the job's id before anything else. */
    public void requested(@ExchangeProperty("turn") Turn turn, @Body Requested answer) {
        StreamSettings settings = turn.stream().settings();
        Instant now = turn.now();
        Duration wait = Backoff.poll(0, settings.pollFirst(), settings.pollMost());
        List<String> warnings = warnings(turn, answer);
        StreamState next = turn.state()
                .requested(Job.requested(answer.jobId(), now), answer.windowEnd(), now.plus(wait))
                .warnedOnly(warnings);
        store.save(turn.claim(), next, null);
        warnings.stream()
                .filter(warning -> !turn.state().warnings().contains(warning))
                .forEach(warning -> LOG.warn("{}: {}", turn.stream().name(), warning));
        turn.over();
    }

    /** Credentials that end by themselves are said in time. */
    private static Optional<String> ending(Turn turn) {
        return turn.stream()
                .source()
                .credentials()
                .end()
                .filter(end -> end.isBefore(turn.now().plus(SOON)))
                .map(end -> "the token of source " + turn.getSource() + " ends at " + end
                        + "; put a new one into the configuration before");
    }

    /** What this request gives to think about; what earlier ones gave is over. */
    private static List<String> warnings(Turn turn, Requested answer) {
        var warnings = new ArrayList<>(answer.notes());
        ending(turn).ifPresent(warnings::add);
        if (answer.selfExclusionRefused()) {
            warnings.add(ECHO_WARNING);
        }
        if (turn.state().inFlight().kind() == CycleKind.BACKFILL) {
            warnings.add(BACKFILL_WARNING);
        }
        return warnings;
    }
}
