package io.tidemark.route;

import static java.util.Objects.requireNonNull;

import io.tidemark.change.Change;
import io.tidemark.change.Change.Attempt;
import io.tidemark.change.Change.Kind;
import io.tidemark.change.Change.State;
import io.tidemark.change.Conflict;
import io.tidemark.change.Judge;
import io.tidemark.change.ThreeWay;
import io.tidemark.route.Bridge.Round;
import io.tidemark.settings.StreamSettings;
import io.tidemark.settings.StreamSettings.WriteCheck;
import io.tidemark.sql.ClaimLostException;
import io.tidemark.sql.Outbox;
import io.tidemark.sql.Outbox.Outgoing;
import io.tidemark.sql.Outbox.Revival;
import io.tidemark.sql.StreamStore;
import io.tidemark.sql.Target;
import io.tidemark.stream.Backoff;
import io.tidemark.stream.StreamState;
import io.tidemark.system.ApiException;
import io.tidemark.system.Batches;
import io.tidemark.system.Created;
import io.tidemark.system.Present;
import io.tidemark.system.Step;
import io.tidemark.system.Writable;
import io.tidemark.system.Writing.Identifier;
import io.tidemark.system.Written;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The write step: a stream's local changes, each looked at, stored as sent, sent and settled. */
public final class Writes {
    private static final Logger LOG = LoggerFactory.getLogger(Writes.class);

    /** How many changes one round sends. */
    static final int ROUND = 200;

    /** After so long a call that was lost is no longer under way: no call takes longer. */
    static final Duration CALL_IS_OVER = Limits.CALL.connect().plus(Limits.CALL.whole());

    private final Outbox outbox;
    private final StreamStore store;
    private final Failures failures;

    public Writes(Outbox outbox, StreamStore store, Failures failures) {
        this.outbox = outbox;
        this.store = store;
        this.failures = failures;
    }

    /** Asks what can be written, once in a process. */
    public Step<Writable> introduce(@ExchangeProperty("turn") Turn turn) {
        return turn.stream()
                .writable()
                .map(Step::done)
                .orElseGet(() -> turn.stream().writing().writable());
    }

    /** The changes to send in this round: those that go together, in batches; the others are {@link #alone}. */
    public List<Batch> take(@ExchangeProperty("turn") Turn turn, @Body Writable known) {
        turn.stream().canWrite(known);
        Target target = turn.stream().target();
        outbox.brake(turn.claim(), target);
        Optional<Batches> together = turn.stream().writing().batches();
        List<Change> due =
                outbox.due(target, Math.max(ROUND, together.map(Batches::most).orElse(0)));
        List<Batch> batches = BatchWrites.of(outbox.underWay(target), due, together);
        Set<Long> joint = batches.stream()
                .flatMap(batch -> batch.changes().stream())
                .map(Change::id)
                .collect(Collectors.toSet());
        due.stream().filter(change -> !joint.contains(change.id())).limit(ROUND).forEach(turn::alone);
        return batches;
    }

    /** The changes that go alone, the oldest edit first. */
    public List<Change> alone(@ExchangeProperty("turn") Turn turn) {
        return turn.alone();
    }

    /** Looks at the record as the vendor has it. */
    public Step<?> look(@ExchangeProperty("turn") Turn turn, @ExchangeProperty("change") Change change) {
        String key = change.key();
        if (key == null) {
            Optional<Identifier> identifier = identifier(turn, change);
            return identifier.isPresent() && mayBeCreated(change)
                    ? find(turn, change, identifier.get())
                    : Step.done(new Seen.Nothing());
        }
        boolean always = change.kind() != Kind.UPDATE;
        return always || turn.stream().settings().writeCheck() == WriteCheck.READ
                ? turn.stream().writing().read(key).map(Seen.Looked::new)
                : Step.done(new Seen.Nothing());
    }

    /** Of a creation whose answer was lost not everything may have arrived: where it is found, its record is looked at. */
    private static Step<Seen> find(Turn turn, Change change, Identifier identifier) {
        var writing = turn.stream().writing();
        return writing.find(identifier)
                .flatMap(key -> key.isPresent() && change.attempt().isPresent()
                        ? writing.read(key.get()).map(present -> new Seen.Key(key, found(present)))
                        : Step.done(new Seen.Key(key, Optional.empty())));
    }

    /** Whether a record may have been created for the row, or is to be. */
    private static boolean mayBeCreated(Change change) {
        return change.kind() == Kind.INSERT || change.attempt().isPresent();
    }

    /** The identifier that a record carries which is created for the row. */
    private Optional<Identifier> identifier(Turn turn, Change change) {
        Writable writable = turn.stream().writable().orElseThrow();
        ActiveStream stream = turn.stream();
        return stream.identifierType()
                .filter(type -> writable.lookup())
                .map(type -> new Identifier(type, outbox.installation() + "-" + stream.name() + "-" + change.rowId()));
    }

    /** What is to be sent, stored before it leaves; null where nothing is. */
    public @Nullable Step<?> prepare(
            @ExchangeProperty("turn") Turn turn,
            @ExchangeProperty("change") Change change,
            @Body Seen seen,
            Exchange exchange) {
        exchange.removeProperty(Calls.HALF_DONE);
        if (seen instanceof Seen.Looked looked && looked.present() instanceof Present.Gone gone) {
            return revive(turn, change, gone, exchange);
        }
        if (change.key() == null && mayBeCreated(change) && isSettled(turn, change, seen)) {
            return null;
        }
        Optional<Present.Found> present =
                seen instanceof Seen.Looked looked ? found(looked.present()) : Optional.empty();
        return prepared(turn, change, present)
                .map(outgoing -> {
                    exchange.setProperty("change", outgoing.change());
                    exchange.setProperty("ambiguous", change.attempt().isPresent());
                    return send(turn, outgoing, present);
                })
                .orElse(null);
    }

    /** An edit of a record that is gone: where the rule says so and the vendor can, the record is brought back first. */
    private @Nullable Step<?> revive(Turn turn, Change change, Present.Gone gone, Exchange exchange) {
        Optional<Revival> revival = turn.stream().undeletes()
                ? outbox.revive(
                        turn.claim(),
                        turn.stream().target(),
                        change,
                        way(turn),
                        turn.stream().writable().orElseThrow())
                : Optional.empty();
        if (revival.isEmpty()) {
            outbox.gone(turn.claim(), turn.stream().target(), change, gone.words());
            return null;
        }
        Outgoing outgoing = revival.get().outgoing();
        String key = requireNonNull(outgoing.change().key());
        var writing = turn.stream().writing();
        exchange.setProperty("change", outgoing.change());
        return writing.undelete(key, revival.get().row())
                .flatMap(written -> written instanceof Written.Accepted
                        ? writing.update(key, outgoing.values(), Optional.empty())
                        : Step.done(written));
    }

    /**
     * Meets a change with the record as it stands, and stores what is to be sent; empty where nothing is.
     *
     * @param present empty where nobody looked
     */
    Optional<Outgoing> prepared(Turn turn, Change change, Optional<Present.Found> present) {
        return outbox.prepare(
                turn.claim(),
                turn.stream().target(),
                change,
                present.map(Present.Found::values),
                way(turn),
                turn.stream().writable().orElseThrow());
    }

    static Optional<Present.Found> found(Present present) {
        return present instanceof Present.Found found ? Optional.of(found) : Optional.empty();
    }

    /**
     * Whether nothing is to be created now: it was already, or may have been. One that was parked has no answer yet,
     * whatever was edited since.
     */
    private boolean isSettled(Turn turn, Change change, Seen seen) {
        Optional<Attempt> lost = change.attempt();
        boolean parked = lost.isPresent() && change.state() != State.SENDING;
        if (seen instanceof Seen.Key known) {
            if (known.key().isPresent()) {
                wasCreated(turn, change, known.key().get(), known.found());
                return true;
            }
            Optional<Instant> over = lost.map(attempt -> attempt.at().plus(CALL_IS_OVER));
            if (over.filter(at -> turn.now().isBefore(at)).isPresent()) {
                outbox.later(
                        turn.claim(),
                        turn.stream().target(),
                        change,
                        "the answer to its creation was lost; it is looked up again",
                        over.get());
                return true;
            }
        }
        boolean repeatable = turn.stream().writable().orElseThrow().repeatable();
        if (lost.isPresent() && !repeatable && (parked || seen instanceof Seen.Nothing)) {
            outbox.parked(
                    turn.claim(),
                    turn.stream().target(),
                    change,
                    "the answer to its creation was lost, and without tidemark.sources."
                            + turn.getSource() + ".external-id-type it cannot be looked up. Look for it at the vendor"
                            + " before you retry");
            return true;
        }
        return false;
    }

    private void wasCreated(Turn turn, Change change, String key, Optional<Present.Found> found) {
        if (change.kind() == Kind.DELETE) {
            outbox.createdInVain(turn.claim(), turn.stream().target(), change, key);
        } else {
            outbox.created(
                    turn.claim(), turn.stream().target(), change, key, way(turn), found.map(Present.Found::values));
        }
    }

    private Step<?> send(Turn turn, Outgoing outgoing, Optional<Present.Found> present) {
        Change change = outgoing.change();
        String key = change.key();
        var writing = turn.stream().writing();
        if (key == null) {
            Map<String, @Nullable String> values = outgoing.values();
            writing.uncreatable(values).ifPresent(why -> {
                throw new ApiException.Refused(why);
            });
            return writing.create(values, identifier(turn, change));
        }
        return change.kind() == Kind.DELETE
                ? writing.delete(key, outgoing.values())
                : writing.update(key, outgoing.values(), present);
    }

    /** The vendor answered: what was sent is confirmed. */
    public void settle(
            @ExchangeProperty("turn") Turn turn, @ExchangeProperty("change") Change change, @Body Object result) {
        var target = turn.stream().target();
        turn.wrote();
        turn.settled();
        if (result instanceof Written.Gone gone) {
            outbox.gone(turn.claim(), target, change, gone.words());
        } else if (result instanceof Created created) {
            created(turn, change, created);
        } else {
            Optional<Conflict> conflict = overtook(result) ? Optional.of(Conflict.overtaken()) : Optional.empty();
            conflict.ifPresent(known -> LOG.warn(
                    "{}: record {} was edited at the vendor between the look at it and the write, which may have undone"
                            + " that edit; it is read back",
                    turn.stream().name(),
                    name(change)));
            outbox.confirmed(turn.claim(), target, change, way(turn), conflict);
        }
    }

    /** The vendor made a record of the row, or found it; where it does not tell which, an export has to. */
    private void created(Turn turn, Change change, Created created) {
        var target = turn.stream().target();
        Writable writable = turn.stream().writable().orElseThrow();
        StreamSettings settings = turn.stream().settings();
        boolean exported = !settings.match().isEmpty()
                && (!writable.matches() || settings.direction() == StreamSettings.Direction.BOTH);
        if (created.key().isEmpty() && !exported) {
            outbox.parked(
                    turn.claim(),
                    target,
                    change,
                    "the vendor created the record and does not tell its key. An export brings it as a row of its own, so"
                            + " delete this row; tidemark.streams."
                            + turn.stream().name()
                            + ".match=... lets such rows find their records");
        } else if (created.found() || writable.matches()) {
            outbox.matched(turn.claim(), target, change, created, way(turn), writable);
        } else if (created.key().isPresent()) {
            outbox.created(turn.claim(), target, change, created.key().get(), way(turn), Optional.empty());
        } else {
            outbox.confirmed(turn.claim(), target, change, way(turn), Optional.empty());
        }
    }

    private static boolean overtook(Object result) {
        return result instanceof Written.Accepted accepted && accepted.overtook();
    }

    /** The vendor refuses this change for good; the others go on. */
    public void refused(
            @ExchangeProperty("turn") Turn turn,
            @ExchangeProperty("change") Change change,
            @ExchangeProperty("CamelExceptionCaught") Throwable caught) {
        refused(turn, change, Failures.words(caught));
    }

    void refused(Turn turn, Change change, String words) {
        LOG.warn("{}: record {} becomes a dead letter: {}", turn.stream().name(), name(change), words);
        outbox.dead(turn.claim(), turn.stream().target(), change, words);
        turn.settled();
    }

    /**
     * It cannot be sent now; the others go on, unless nothing can: denied credentials, a day's calls that are used up and a
     * lost claim end the round.
     */
    public void later(
            @ExchangeProperty("turn") Turn turn,
            @ExchangeProperty("change") Change change,
            @ExchangeProperty("ambiguous") @Nullable Boolean ambiguous,
            @ExchangeProperty(Calls.HALF_DONE) @Nullable Boolean halfDone,
            @ExchangeProperty("CamelExceptionCaught") Exception caught)
            throws Exception {
        if (caught instanceof ClaimLostException) {
            throw caught;
        }
        String words = Failures.words(caught);
        boolean neverLeft = change.key() == null
                && Boolean.FALSE.equals(ambiguous)
                && halfDone == null
                && hadNoEffect(Failures.unwrapped(caught));
        if (endsRound(Failures.unwrapped(caught))) {
            if (neverLeft) {
                outbox.unsent(turn.claim(), turn.stream().target(), change, words, turn.now());
            }
            throw caught;
        }
        failures.holdSource(turn, caught);
        if (neverLeft) {
            said(turn, change, words);
            outbox.unsent(turn.claim(), turn.stream().target(), change, words, nextTry(turn, change.attempts()));
        } else {
            again(turn, change, words);
        }
    }

    /** It is looked at and sent again. */
    void again(Turn turn, Change change, String words) {
        said(turn, change, words);
        outbox.later(turn.claim(), turn.stream().target(), change, words, nextTry(turn, change.attempts()));
    }

    private static void said(Turn turn, Change change, String words) {
        LOG.warn("{}: record {} is sent later: {}", turn.stream().name(), name(change), words);
    }

    static Instant nextTry(Turn turn, int failures) {
        return turn.now()
                .plus(Backoff.failure(
                        failures + 1,
                        turn.stream().settings().pollFirst(),
                        ThreadLocalRandom.current().nextDouble()));
    }

    static boolean endsRound(Throwable cause) {
        return cause instanceof ApiException.Denied
                || (cause instanceof ApiException.RetryLater retry && retry.isCertain());
    }

    /** Whether a call that failed so cannot have created anything, so that nothing need be looked for. */
    private static boolean hadNoEffect(Throwable cause) {
        return cause instanceof ApiException.Denied
                || cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || (cause instanceof ApiException.RetryLater busy
                        && busy.delay().isPresent());
    }

    private static String name(Change change) {
        return change.key() == null ? "of row " + change.rowId() : String.valueOf(change.key());
    }

    /**
     * The round is over. Where it led to something and there is more, or more was wished for meanwhile, the next one begins
     * at once; a job of the vendor's is asked about in a round of its time; a load that a creation in doubt holds up is looked
     * at again when that can be looked up.
     */
    public void end(@ExchangeProperty("turn") Turn turn) {
        String name = turn.stream().name();
        Optional<Instant> answer = outbox.nextAnswer(turn.stream().target());
        boolean more = !outbox.due(turn.stream().target(), 1).isEmpty()
                || answer.filter(at -> !at.isAfter(turn.now())).isPresent();
        StreamState next = more || turn.claim().outward().due()
                ? turn.state()
                : store.doubtUntil(name).map(turn.state()::waiting).orElse(turn.state());
        boolean wished = store.wrote(turn.claim(), next, more ? turn.now() : answer.orElse(null));
        turn.wroteAll(more ? Round.MORE : answer.isPresent() ? Round.WAITING : Round.DONE);
        if (wished || (more && turn.hasSettled())) {
            turn.overAndOn();
        } else {
            turn.over();
        }
    }

    /** A look before a write shows no time of change, so that the vendor's value counts as the newer one. */
    private static ThreeWay way(Turn turn) {
        var judge = new Judge(turn.stream().settings().conflict(), Optional.empty(), turn.ahead());
        return new ThreeWay(
                        judge,
                        turn.now(),
                        ThreeWay.Sight.LOOK,
                        turn.stream().sourceSettings().settleDelay())
                .undeleting(turn.stream().undeletes());
    }
}
