package io.tidemark.command;

import io.tidemark.route.Bridge;
import io.tidemark.route.Questions;
import io.tidemark.settings.StreamSettings;
import io.tidemark.settings.StreamSettings.Direction;
import io.tidemark.sql.CycleEnd.Counts;
import io.tidemark.sql.Forecast;
import io.tidemark.sql.History.Cycle;
import io.tidemark.sql.History.RejectedRow;
import io.tidemark.sql.LoadException;
import io.tidemark.sql.Target;
import io.tidemark.stream.Condition;
import io.tidemark.stream.StreamState;
import io.tidemark.system.ApiException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says what a stream's next cycle would write. The routes take its steps as they always do; the state that they store is
 * kept in memory and begins as a copy of the real one, and the load counts instead of merging.
 */
final class DryRun {
    private static final int REJECTS_SHOWN = 10;
    private static final String UNTOUCHED = "; nothing was written";

    private final Workplace workplace;
    private final Bridge bridge;
    private final long deadline;
    private final Consumer<String> say;

    /** @param workplace one to rehearse in, with its bridge */
    DryRun(Workplace workplace, Bridge bridge, long deadline, Consumer<String> say) {
        this.workplace = workplace;
        this.bridge = bridge;
        this.deadline = deadline;
        this.say = say;
    }

    /** Whether the stream's next cycle would go well. What would be sent comes after this, in a line of its own. */
    boolean run(StreamSettings stream) {
        boolean well = inbound(stream);
        bridge.only(Set.of());
        return well && outbound(stream);
    }

    /** The changes as they stand; those of them that the cycle would settle are counted, too. */
    private boolean outbound(StreamSettings stream) {
        String name = stream.name();
        if (stream.direction() == Direction.INBOUND) {
            return true;
        }
        if (!bridge.writes(name)) {
            say.accept(name + ": would send nothing, "
                    + (workplace.settings().outbound()
                            ? "for " + stream.resource() + " cannot be written"
                            : "as tidemark.outbound is off"));
            return true;
        }
        try {
            Questions questions = bridge.questions(stream.source());
            Target target = Target.rehearse(
                    workplace.database(),
                    stream,
                    questions.shape(name),
                    workplace.settings().sourceOf(stream).zone());
            tell(name, Forecast.of(target, questions.writable(name), values -> questions.uncreatable(name, values)));
            return true;
        } catch (ApiException | LoadException refused) {
            say.accept(name + ": what would be sent cannot be said: " + refused.getMessage());
            return false;
        }
    }

    private void tell(String name, Forecast.Outlook outlook) {
        outlook.deadLetters()
                .forEach((reason, count) -> say.accept(
                        name + ": would make " + Words.count(count.intValue(), "dead letter") + ": " + reason));
        say.accept(name
                + ": would create %d, update %d, delete %d at the vendor; nothing was sent"
                        .formatted(outlook.creations(), outlook.updates(), outlook.deletions()));
    }

    private boolean inbound(StreamSettings stream) {
        String name = stream.name();
        Optional<StreamState> known = workplace.known(name);
        workplace
                .store()
                .rehearse(known.orElseGet(() -> StreamState.fresh(
                        name, stream.source(), workplace.store().database().now())));
        bridge.only(Set.of(name));
        Condition condition = known.map(StreamState::condition).orElse(Condition.RUNNING);
        return new OneCycle(workplace, name, deadline).follow(0, false, new Told(name, condition));
    }

    /** What is said of a stream. */
    private final class Told implements OneCycle.Ending {
        private final String name;
        private final Condition condition;

        Told(String name, Condition condition) {
            this.name = name;
            this.condition = condition;
        }

        @Override
        public boolean committed(List<Cycle> cycles, StreamState state) {
            state.warnings().forEach(this::about);
            Cycle last = cycles.get(cycles.size() - 1);
            List<Cycle> windows = cycles.stream()
                    .filter(cycle -> cycle.kind().equals(last.kind()))
                    .toList();
            Counts all = Counts.of(cycles);
            rejects(all.rejected());
            about("would insert %d, update %d, delete %d, leave %d as they are, reject %d%s (window %s to %s%s)%s%s"
                    .formatted(
                            all.inserted(),
                            all.updated(),
                            all.deleted(),
                            all.unchanged(),
                            all.rejected(),
                            all.duplicate() == 0
                                    ? ""
                                    : " and pass over " + all.duplicate() + " that came again in the same export",
                            windows.get(0).windowFrom(),
                            last.windowTo(),
                            windows.size() == cycles.size() ? "" : ", after the known records by their keys",
                            UNTOUCHED,
                            condition == Condition.RUNNING
                                    ? ""
                                    : ". The stream is " + condition.word()
                                            + ": nothing will be before 'tidemark resume " + name + "'"));
            return true;
        }

        private void rejects(long count) {
            List<RejectedRow> some = workplace.history().rejects(name, REJECTS_SHOWN);
            for (int i = some.size() - 1; i >= 0; i--) {
                RejectedRow row = some.get(i);
                about("would reject " + row.file() + " line " + row.line()
                        + (row.column() == null ? "" : ", column " + row.column()) + ": " + row.reason());
            }
            if (count > some.size()) {
                about("would reject " + (count - some.size()) + " more before these");
            }
        }

        @Override
        public boolean failed(@Nullable String error) {
            about("the dry run failed: " + plain(error) + UNTOUCHED);
            return false;
        }

        @Override
        public boolean failing(@Nullable String error) {
            return failed(error);
        }

        @Override
        public boolean halted(StreamState state) {
            if (state.condition() != Condition.BRAKED) {
                return failed(state.reason());
            }
            about("the brake would stop it and ask a person: " + plain(state.reason()) + UNTOUCHED);
            return false;
        }

        @Override
        public boolean nothingToAskFor() {
            about("nothing to ask for; the configured end of its windows has been reached");
            return true;
        }

        @Override
        public boolean late() {
            about("the dry run was not finished in time (--timeout)" + UNTOUCHED);
            return false;
        }

        private void about(String words) {
            say.accept(name + ": " + words);
        }

        private String plain(@Nullable String words) {
            String about = "stream " + name + ": ";
            String text = String.valueOf(words);
            return text.startsWith(about) ? text.substring(about.length()) : text;
        }
    }
}
