package io.tidemark.route;

import io.tidemark.csv.CsvException;
import io.tidemark.sql.BrakeException;
import io.tidemark.sql.ClaimLostException;
import io.tidemark.sql.CountMismatchException;
import io.tidemark.sql.CycleEnd;
import io.tidemark.sql.DatabaseException;
import io.tidemark.sql.StreamStore;
import io.tidemark.stream.Allowance;
import io.tidemark.stream.Backoff;
import io.tidemark.stream.Condition;
import io.tidemark.stream.Flight;
import io.tidemark.stream.StreamState;
import io.tidemark.system.ApiException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLException;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a failed step leads to. Each failure is one line in the log and one transition in the database. */
public final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    /** A vendor that asks for a longer wait is asked again after this one, unless that would be in vain for certain. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** After so many failed loads the files are not to be had; the window gets a new job. */
    private static final int LOADS_A_JOB = 5;

    /** What goes wrong again and again outside of a step is not said more often. */
    private static final Duration QUIET = Duration.ofMinutes(1);

    private static final String CERTIFICATES =
            "; no call is made until the certificate is right. For an authority of your own"
                    + " name a trust store: camel.ssl.enabled=true, camel.ssl.trust-store=file:PATH, camel.ssl.trust-store-password";

    private static final String ADDRESS = ". Check the address (a source's base-url), and the network and its proxy";

    /** A window is not cut into parts shorter than this. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private final StreamStore store;
    private final List<Listener> listeners;
    private final boolean rehearsal;
    private final Map<String, Long> said = new ConcurrentHashMap<>();

    /** @param rehearsal whether whoever rehearses tells of them, and the log does not */
    public Failures(StreamStore store, List<Listener> listeners, boolean rehearsal) {
        this.rehearsal = rehearsal;
        this.store = store;
        this.listeners = List.copyOf(listeners);
    }

    /** The other side, the network or the database cannot now. The same step is tried again later. */
    public void later(@ExchangeProperty("turn") Turn turn, @ExchangeProperty("CamelExceptionCaught") Throwable caught) {
        String words = words(caught);
        keep(turn, () -> holdSource(turn, caught));
        boolean loading = turn.getStep().equals("load");
        if (loading && turn.spent()) {
            jobLost(turn, words + "; the vendor gives the file only once, so its window is asked for again");
        } else if (loading && turn.state().failures() + 1 >= LOADS_A_JOB) {
            jobLost(turn, words + "; that was the " + LOADS_A_JOB + "th time, so its window is asked for again");
        } else {
            warn(turn, words + "; the same step is tried again");
            save(turn, turn.state().later(words, nextTry(turn)));
        }
    }

    /** Where the vendor asks for a wait, every stream of the source waits. */
    void holdSource(Turn turn, Throwable caught) {
        if (unwrapped(caught) instanceof ApiException.RetryLater retry
                && retry.delay().isPresent()) {
            Duration asked = retry.delay().get();
            Duration wait = retry.isCertain() || asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT;
            long jitter = ThreadLocalRandom.current().nextLong(250);
            store.holdSource(turn.getSource(), turn.now().plus(wait).plusMillis(jitter), words(caught));
        }
    }

    /** A file's link is dead: fresh links once, then a new job for the window. */
    public void linkDead(
            @ExchangeProperty("turn") Turn turn, @ExchangeProperty("CamelExceptionCaught") Throwable cause) {
        if (turn.state().failures() == 0 || turn.spent()) {
            later(turn, cause);
        } else {
            jobLost(turn, words(cause) + "; fresh links did not help, so its window is asked for again");
        }
    }

    /** A file cannot be loaded: what the connection lost is fetched again, what the vendor sent broken fails the cycle. */
    public void fileBroken(
            @ExchangeProperty("turn") Turn turn, @ExchangeProperty("CamelExceptionCaught") Throwable caught) {
        if (unwrapped(caught) instanceof CsvException cause && cause.kind() == CsvException.Kind.BROKEN) {
            cycleFailed(turn, words(cause));
        } else {
            later(turn, caught);
        }
    }

    /** The credentials are not accepted, or the stream is not what it was: nothing more is asked until a person acts. */
    public void stopped(
            @ExchangeProperty("turn") Turn turn, @ExchangeProperty("CamelExceptionCaught") Throwable cause) {
        String words = words(cause);
        String name = turn.stream().name();
        if (!rehearsal) {
            String advice =
                    unwrapped(cause) instanceof ApiException.Denied ? ". 'tidemark resume " + name + "' goes on" : "";
            LOG.error("{}: stopped: {}{}", name, withoutName(turn, words), advice);
        }
        end(turn, turn.state().stopped(Condition.STOPPED, words), CycleEnd.stopped(words));
        listeners.forEach(listener -> listener.stopped(turn.stream().name(), words));
    }

    /** The vendor will not export so much at once: the first half of the window is asked for, then the rest. */
    public void tooMuch(
            @ExchangeProperty("turn") Turn turn, @ExchangeProperty("CamelExceptionCaught") Throwable cause) {
        tooMuch(turn, words(cause));
    }

    void tooMuch(Turn turn, String words) {
        Flight flight = turn.state().inFlight();
        Instant end = Optional.ofNullable(flight.to()).orElseGet(turn.stream().clock()::now);
        Duration half = Duration.between(flight.from(), end).dividedBy(2);
        if (half.compareTo(SHORTEST) < 0 || flight.upToKey().isPresent()) {
            cycleFailed(turn, words);
            return;
        }
        Instant middle = flight.from().plus(half).truncatedTo(ChronoUnit.SECONDS);
        String said = words + "; it is asked for up to " + middle + " first";
        warn(turn, said);
        store.save(turn.claim(), turn.state().halved(middle, said, nextTry(turn)), null);
        turn.over();
    }

    /** The cycle would delete or blank too much: nothing of it is stored until a person accepts it. */
    public void braked(
            @ExchangeProperty("turn") Turn turn, @ExchangeProperty("CamelExceptionCaught") BrakeException cause) {
        String words = words(cause);
        if (!rehearsal) {
            LOG.error("{}: braked: {}", turn.stream().name(), withoutName(turn, words));
        }
        end(turn, turn.state().braked(new Allowance(cause.deleted(), cause.blanked()), words), CycleEnd.stopped(words));
        listeners.forEach(listener -> listener.braked(turn.stream().name(), words));
    }

    /** The vendor announced another number of records than came. */
    public void mismatched(
            @ExchangeProperty("turn") Turn turn,
            @ExchangeProperty("CamelExceptionCaught") CountMismatchException cause) {
        String words = words(cause);
        StreamState next = turn.state().mismatched(cause.announced(), cause.read(), words, nextTry(turn));
        warn(turn, words);
        end(turn, next, CycleEnd.failed(words));
        listeners.forEach(listener -> listener.failed(turn.stream().name(), words));
    }

    /** Anything else: the cycle failed, and a new one is due for the same window. */
    public void failed(@ExchangeProperty("turn") Turn turn, @ExchangeProperty("CamelExceptionCaught") Throwable cause) {
        LOG.debug("{}: the cause", turn.stream().name(), cause);
        if (turn.writes()) {
            later(turn, cause);
        } else {
            cycleFailed(turn, words(cause));
        }
    }

    /** The vendor did not want to know that a job is not needed any more. */
    public void unheard(
            @ExchangeProperty("turn") Turn turn, @ExchangeProperty("CamelExceptionCaught") Throwable cause) {
        LOG.debug("{}: {}", turn.stream().name(), words(cause));
    }

    /** Another process has taken over; there is nothing to store. */
    public void lost(@ExchangeProperty("turn") Turn turn, @ExchangeProperty("CamelExceptionCaught") Throwable cause) {
        LOG.info("{}: {}", turn.stream().name(), words(cause));
        turn.over();
    }

    /** A failure outside of a step. The same words of the same route are said once a minute. */
    public void outside(Exchange exchange, @ExchangeProperty("CamelExceptionCaught") Throwable cause) {
        LOG.debug("{}: the cause", exchange.getFromRouteId(), cause);
        String where = exchange.getFromRouteId() + (ofDatabase(cause) ? ": the database does not answer: " : ": ");
        String words = where + words(root(cause));
        long now = System.nanoTime();
        said.values().removeIf(at -> now - at > QUIET.toNanos());
        if (said.putIfAbsent(words.replaceAll("\\d+", "#"), now) == null) {
            LOG.warn("{}; the next firing tries again", words);
        }
    }

    /** A query that a route makes by itself fails with the driver's own exception. */
    private static boolean ofDatabase(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each.getClass().getName().startsWith("java.sql.")) {
                return true;
            }
        }
        return false;
    }

    private static Throwable root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    void cycleFailed(Turn turn, String words) {
        warn(turn, words);
        end(turn, turn.state().cycleFailed(words, nextTry(turn)), CycleEnd.failed(words));
        listeners.forEach(listener -> listener.failed(turn.stream().name(), words));
    }

    void jobLost(Turn turn, String words) {
        warn(turn, words);
        save(turn, turn.state().jobLost(words, nextTry(turn)));
    }

    private void end(Turn turn, StreamState next, CycleEnd outcome) {
        keep(turn, () -> {
            turn.keepRejects();
            store.save(turn.claim(), next, outcome);
            turn.over();
        });
    }

    private void save(Turn turn, StreamState next) {
        keep(turn, () -> {
            store.save(turn.claim(), next, null);
            turn.over();
        });
    }

    /** What cannot be stored is known in a line: the step is taken again once the database is back. */
    private static void keep(Turn turn, Runnable storing) {
        try {
            storing.run();
        } catch (ClaimLostException lost) {
            LOG.info("{}: {}", turn.stream().name(), words(lost));
            turn.over();
        } catch (DatabaseException away) {
            LOG.debug("{}: the cause", turn.stream().name(), away);
            warn(turn, "that is not stored, and the step is taken again: " + words(away));
        }
    }

    private static Instant nextTry(Turn turn) {
        Duration wait = Backoff.failure(
                turn.state().troubles() + 1,
                turn.stream().settings().pollFirst(),
                ThreadLocalRandom.current().nextDouble());
        return turn.now().plus(wait);
    }

    private static void warn(Turn turn, String words) {
        LOG.warn("{}: {}", turn.stream().name(), withoutName(turn, words));
    }

    /** A line in the log begins with the stream's name anyway. */
    private static String withoutName(Turn turn, String words) {
        String about = "stream " + turn.stream().name() + ": ";
        return words.startsWith(about) ? words.substring(about.length()) : words;
    }

    /** What happened, for a person: the first line, with everything that may be a signed link's secret cut off. */
    static String words(Throwable caught) {
        Throwable cause = unwrapped(caught);
        String message = Optional.ofNullable(cause.getMessage())
                .orElse(cause.getClass().getSimpleName())
                .lines()
                .findFirst()
                .orElse("");
        String plain = message.replaceAll("(https?://[^\\s?\"']+)\\?[^\\s\"']*", "$1?…");
        if (cause instanceof HttpHostConnectException) {
            return plain + ADDRESS;
        }
        if (cause instanceof UnknownHostException && plain.matches("\\S+(: .*)?")) {
            return "the host " + plain.replaceFirst(":.*", "") + " is not known" + ADDRESS;
        }
        String named = ours(cause) ? plain : cause.getClass().getSimpleName() + ": " + plain;
        return cause instanceof SSLException ? named + CERTIFICATES : named;
    }

    /** A split wraps what went wrong in one of its parts, a template what went wrong in the route it called. */
    static Throwable unwrapped(Throwable caught) {
        boolean wrapper = caught instanceof CamelExchangeException || caught instanceof CamelExecutionException;
        Throwable cause = caught.getCause();
        return wrapper && cause != null ? unwrapped(cause) : caught;
    }

    private static boolean ours(Throwable cause) {
        return cause.getClass().getName().startsWith("io.tidemark.");
    }
}
