package io.tidemark.route;

import static java.util.Objects.requireNonNull;

import io.tidemark.change.Change;
import io.tidemark.change.Change.Kind;
import io.tidemark.settings.StreamSettings;
import io.tidemark.settings.StreamSettings.WriteCheck;
import io.tidemark.sql.ClaimLostException;
import io.tidemark.sql.DatabaseException;
import io.tidemark.sql.Outbox;
import io.tidemark.sql.Outbox.Outgoing;
import io.tidemark.system.ApiException;
import io.tidemark.system.BatchStatus;
import io.tidemark.system.BatchStatus.Answered;
import io.tidemark.system.BatchStatus.Lost;
import io.tidemark.system.BatchStatus.Working;
import io.tidemark.system.Batches;
import io.tidemark.system.Batches.Update;
import io.tidemark.system.Outcome;
import io.tidemark.system.Present;
import io.tidemark.system.Step;
import io.tidemark.system.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The write step of changes that go together: each is looked at, stored as sent and settled as one that goes alone. */
public final class BatchWrites {
    private static final Logger LOG = LoggerFactory.getLogger(BatchWrites.class);

    /** One that was tried in vain so often goes alone, so that it holds up no others, nor they it. */
    static final int TRIES = 2;

    private final Outbox outbox;
    private final Writes writes;
    private final Failures failures;

    public BatchWrites(Outbox outbox, Writes writes, Failures failures) {
        this.outbox = outbox;
        this.writes = writes;
        this.failures = failures;
    }

    /** The batches of a round: what the vendor is to be asked about, and those of the due changes that go together now. */
    static List<Batch> of(Map<String, List<Change>> underWay, List<Change> due, Optional<Batches> together) {
        var batches = new ArrayList<Batch>();
        underWay.forEach((job, changes) -> batches.add(new Batch(changes, Optional.of(job))));
        together.ifPresent(how -> {
            List<Change> joint = due.stream().filter(BatchWrites::mayJoin).toList();
            for (int first = 0; joint.size() >= how.from() && first < joint.size(); first += how.most()) {
                List<Change> some = joint.subList(first, Math.min(first + how.most(), joint.size()));
                batches.add(new Batch(some, Optional.empty()));
            }
        });
        return batches;
    }

    private static boolean mayJoin(Change change) {
        return change.kind() == Kind.UPDATE && change.key() != null && change.attempts() < TRIES;
    }

    /** Looks at the records as the vendor has them. */
    public Step<?> look(@ExchangeProperty("turn") Turn turn, @ExchangeProperty("batch") Batch batch) {
        return looks(turn) ? together(turn).read(batch.keys()) : Step.done(Map.of());
    }

    private static boolean looks(Turn turn) {
        return turn.stream().settings().writeCheck() == WriteCheck.READ;
    }

    private static Batches together(Turn turn) {
        return turn.stream().writing().batches().orElseThrow();
    }

    /** What is to be sent, each stored before it leaves; null where nothing is. What cannot go together goes alone. */
    public @Nullable Step<?> prepare(
            @ExchangeProperty("turn") Turn turn,
            @ExchangeProperty("batch") Batch batch,
            @Body Map<String, Present> seen,
            Exchange exchange) {
        var sent = new LinkedHashMap<Change, Update>();
        for (Change change : batch.changes()) {
            Optional<Present.Found> present =
                    Optional.ofNullable(seen.get(change.key())).flatMap(Writes::found);
            if (present.isEmpty() && looks(turn)) {
                turn.alone(change);
            } else {
                each(turn, change, () -> prepare(turn, change, present, sent));
            }
        }
        if (sent.isEmpty()) {
            return null;
        }
        exchange.setProperty("batch", new Batch(List.copyOf(sent.keySet()), Optional.empty()));
        return together(turn).send(List.copyOf(sent.values()));
    }

    private void prepare(Turn turn, Change change, Optional<Present.Found> present, Map<Change, Update> sent) {
        Optional<Outgoing> prepared = writes.prepared(turn, change, present);
        if (prepared.isEmpty()) {
            return;
        }
        Outgoing outgoing = prepared.get();
        var update = new Update(
                requireNonNull(outgoing.change().key(), "a record lost its key"), outgoing.values(), present);
        if (outgoing.change().kind() == Kind.UPDATE && together(turn).takes(update)) {
            sent.put(outgoing.change(), update);
        } else {
            turn.alone(outgoing.change());
        }
    }

    /** Goes on with a job of the vendor's. */
    public Step<?> goOn(@ExchangeProperty("turn") Turn turn, @ExchangeProperty("batch") Batch batch) {
        List<Update> updates = batch.changes().stream()
                .map(change -> new Update(
                        requireNonNull(change.key(), "a record lost its key"),
                        outbox.sent(turn.stream().target(), change),
                        Optional.empty()))
                .toList();
        return together(turn).goOn(batch.job().orElseThrow(), updates);
    }

    /** The vendor answered: for each, or that it works at them. */
    public void settle(
            @ExchangeProperty("turn") Turn turn, @ExchangeProperty("batch") Batch batch, @Body BatchStatus status) {
        if (status instanceof Working working) {
            worksAt(turn, batch, working);
        } else if (status instanceof Lost lost) {
            again(turn, batch, lost.words());
        } else {
            turn.settled();
            settle(turn, batch, ((Answered) status).outcomes());
        }
    }

    private void settle(Turn turn, Batch batch, Map<String, Outcome> outcomes) {
        var unsaid = new ArrayList<Change>();
        for (Change change : batch.changes()) {
            Outcome outcome = outcomes.get(change.key());
            if (outcome == null) {
                unsaid.add(change);
            } else {
                each(turn, change, () -> settle(turn, change, outcome));
            }
        }
        if (!unsaid.isEmpty()) {
            again(turn, new Batch(unsaid, batch.job()), "the vendor did not say what became of them");
        }
    }

    private void settle(Turn turn, Change change, Outcome became) {
        if (became instanceof Written written) {
            writes.settle(turn, change, written);
        } else if (became instanceof Outcome.Refused refused) {
            writes.refused(turn, change, refused.words());
        } else {
            writes.again(turn, change, ((Outcome.Later) became).words());
        }
    }

    /** What goes wrong with one here, such as a row that somebody keeps locked, is no matter of the others. */
    private void each(Turn turn, Change change, Runnable what) {
        try {
            what.run();
        } catch (DatabaseException busy) {
            writes.again(turn, change, Failures.words(busy));
        }
    }

    /** The job's id is stored before anything more is asked of it; one that has just begun is gone on with at once. */
    private void worksAt(Turn turn, Batch batch, Working working) {
        if (!batch.isUnderWay()) {
            outbox.partOf(turn.claim(), turn.stream().target(), batch.changes(), working.job(), turn.now());
            turn.settled();
            return;
        }
        boolean late =
                turn.now().isAfter(batch.sentAt().plus(turn.stream().settings().jobTimeout()));
        if (late || !working.known()) {
            LOG.warn(
                    "{}: the vendor's job {} for {} records is {}; it is asked about until it ends",
                    turn.stream().name(),
                    working.job(),
                    batch.changes().size(),
                    working.word());
        }
        askAgain(turn, batch);
    }

    /** The longer it has taken, the longer until the vendor is asked again. */
    private void askAgain(Turn turn, Batch batch) {
        StreamSettings settings = turn.stream().settings();
        Duration passed = Duration.between(batch.sentAt(), turn.now());
        Duration wait =
                longer(settings.pollFirst(), passed.compareTo(settings.pollMost()) < 0 ? passed : settings.pollMost());
        Instant next = turn.now().plus(wait);
        outbox.partOf(
                turn.claim(),
                turn.stream().target(),
                batch.changes(),
                batch.job().orElseThrow(),
                next);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Nobody knows what became of any of them: each is looked at again, all at one time so that they stay together. */
    private void again(Turn turn, Batch batch, String words) {
        LOG.warn(
                "{}: {} records that went together are looked at again: {}",
                turn.stream().name(),
                batch.changes().size(),
                words);
        int failures = batch.changes().stream().mapToInt(Change::attempts).max().orElse(0);
        Instant next = Writes.nextTry(turn, failures);
        batch.changes()
                .forEach(change -> outbox.later(turn.claim(), turn.stream().target(), change, words, next));
    }

    /**
     * They cannot be sent, or asked about, now; the rest of the round goes on, unless nothing can. A job is given up only
     * where the vendor refuses it.
     */
    public void later(
            @ExchangeProperty("turn") Turn turn,
            @ExchangeProperty("batch") Batch batch,
            @ExchangeProperty("CamelExceptionCaught") Exception caught)
            throws Exception {
        if (caught instanceof ClaimLostException || Writes.endsRound(Failures.unwrapped(caught))) {
            throw caught;
        }
        String words = Failures.words(caught);
        failures.holdSource(turn, caught);
        if (batch.isUnderWay() && !(Failures.unwrapped(caught) instanceof ApiException.Refused)) {
            LOG.warn(
                    "{}: {}; the job {} is asked about again",
                    turn.stream().name(),
                    words,
                    batch.job().orElseThrow());
            askAgain(turn, batch);
        } else {
            again(turn, batch, words);
        }
    }
}
