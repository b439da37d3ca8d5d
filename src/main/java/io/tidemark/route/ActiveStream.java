package io.tidemark.route;

import static java.util.Objects.requireNonNull;

import io.tidemark.settings.SourceSettings;
import io.tidemark.settings.StreamSettings;
import io.tidemark.sql.Target;
import io.tidemark.system.Account;
import io.tidemark.system.Export;
import io.tidemark.system.Shape;
import io.tidemark.system.Source;
import io.tidemark.system.Writable;
import io.tidemark.system.Writing;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A configured stream with what this process has learned of it since it started. */
public final class ActiveStream {
    private final StreamSettings settings;
    private final SourceSettings sourceSettings;
    private final Source source;
    private final Export export;
    private final boolean outward;
    private final Optional<Writing> writing;
    private final SourceClock clock;
    private final Budget budget;
    private final AtomicLong written = new AtomicLong();
    private volatile @Nullable Writable writable;
    private volatile @Nullable Introduction introduction;
    private volatile boolean setsOwnEnd;

    /**
     * A stream that knows nothing yet.
     *
     * @param outward whether anything is to go back
     * @param writing the write side, by which single records are looked at, too; empty where the resource has none
     */
    ActiveStream(
            StreamSettings settings,
            SourceSettings sourceSettings,
            Source source,
            Export export,
            boolean outward,
            Optional<Writing> writing,
            SourceClock clock,
            Budget budget) {
        this.settings = settings;
        this.sourceSettings = sourceSettings;
        this.source = source;
        this.export = export;
        this.outward = outward;
        this.writing = writing;
        this.clock = clock;
        this.budget = budget;
        this.setsOwnEnd = !export.limits().endsItself();
    }

    /**
     * What had to be asked before anything else.
     *
     * @param account who answers
     * @param shape what the exports look like
     */
    public record Introduction(Account account, Shape shape, Optional<Target> target) {
        public Introduction {
            requireNonNull(account, "account is null");
            requireNonNull(shape, "shape is null");
            requireNonNull(target, "target is null");
        }
    }

    public String name() {
        return settings.name();
    }

    public StreamSettings settings() {
        return settings;
    }

    public SourceSettings sourceSettings() {
        return sourceSettings;
    }

    Source source() {
        return source;
    }

    Export export() {
        return export;
    }

    /** Whether local changes go to the vendor. */
    boolean writes() {
        return outward && writing.isPresent();
    }

    /** Whether local changes are to go to the vendor, and cannot. */
    boolean lacksWayBack() {
        return outward && writing.isEmpty();
    }

    Writing writing() {
        return writing.orElseThrow(() -> new IllegalStateException(name() + " has no way back"));
    }

    /** Whether it is to be found out which records are gone without a word, and can be, by a look at each. */
    boolean findsGone() {
        return settings.deletes() != StreamSettings.Deletes.IGNORE && writing.isPresent() && target().keyedByOne();
    }

    /**
     * Whether windows alone tell which rows' records are worth a look: they reach every record, deleted ones too, and the
     * table says in which of them each was to be.
     */
    boolean windowsTellMissing() {
        return source.reach().isEmpty()
                && introduction()
                        .filter(known -> !known.shape().deletions().isEmpty())
                        .isPresent()
                && target().tellsChange();
    }

    /** The type of the identifier that a created record carries, so that it can be looked up. */
    Optional<String> identifierType() {
        return sourceSettings.externalIdType().or(() -> writing().identifierType());
    }

    /** Whether records that were deleted at the vendor can be brought back. */
    boolean undeletes() {
        return writes() && writing().undeletes();
    }

    void wrote() {
        written.incrementAndGet();
    }

    /** How many changes the vendor took of this process. */
    long written() {
        return written.get();
    }

    Optional<Writable> writable() {
        return Optional.ofNullable(writable);
    }

    void canWrite(Writable known) {
        writable = known;
    }

    SourceClock clock() {
        return clock;
    }

    Budget budget() {
        return budget;
    }

    Optional<Introduction> introduction() {
        return Optional.ofNullable(introduction);
    }

    void introduced(Introduction known) {
        introduction = known;
    }

    Target target() {
        return introduction()
                .flatMap(Introduction::target)
                .orElseThrow(() -> new IllegalStateException(name() + " has no table yet"));
    }

    /** Whether the bridge sets the windows' end because the vendor does not name it. */
    boolean setsOwnEnd() {
        return setsOwnEnd;
    }

    void setOwnEnd() {
        setsOwnEnd = true;
    }
}
