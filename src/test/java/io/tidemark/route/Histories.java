package io.tidemark.route;

import io.tidemark.route.History.Deed;
import io.tidemark.sandbox.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random histories. */
final class Histories {
    private final Traits traits;
    private final Traits.Calls calls;

    private Histories(Traits traits) {
        this.traits = traits;
        this.calls = traits.calls();
    }

    static Arbitrary<History> of(Traits traits) {
        var histories = new Histories(traits);
        return Combinators.combine(
                        Arbitraries.just(traits),
                        Arbitraries.of(World.STREAMS),
                        histories.vendor(),
                        Arbitraries.of(traits.ahead()),
                        histories.deeds())
                .as(History::new);
    }

    private Arbitrary<Map<String, String>> vendor() {
        return Arbitraries.of(traits.doubts()).list().ofMaxSize(3).map(entries -> {
            var switches = new TreeMap<String, String>();
            entries.forEach(entry -> switches.put(entry.getKey(), entry.getValue()));
            return switches;
        });
    }

    private Arbitrary<List<Deed>> deeds() {
        return Arbitraries.frequencyOf(
                        Tuple.of(24, edits()),
                        Tuple.of(7, simple("cycle", World::cycle)),
                        Tuple.of(7, simple("round", World::round)),
                        Tuple.of(2, simple("elapse", World::elapse)),
                        Tuple.of(1, simple("reconcile", World::reconcile)),
                        Tuple.of(8, meanwhile()),
                        Tuple.of(4, crash()),
                        Tuple.of(6, faults()),
                        Tuple.of(1, lostJob()))
                .list()
                .ofMinSize(3)
                .ofMaxSize(45)
                .flatMap(deeds -> Arbitraries.frequency(Tuple.of(9, false), Tuple.of(1, true))
                        .map(restarts -> restarts ? withRestart(deeds) : deeds));
    }

    private static List<Deed> withRestart(List<Deed> deeds) {
        var all = new ArrayList<>(deeds);
        all.add(deeds.size() / 2, new Deed("restart", World::restart));
        return all;
    }

    private static Arbitrary<Deed> simple(String words, Consumer<World> what) {
        return Arbitraries.just(new Deed(words, what));
    }

    private static Arbitrary<Integer> slots() {
        return Arbitraries.integers().between(0, World.SLOTS - 1);
    }

    private Arbitrary<String> fields() {
        return Arbitraries.of(traits.texts());
    }

    private static Arbitrary<Deed> on(IntFunction<Deed> deed) {
        return slots().map(deed::apply);
    }

    private Arbitrary<Deed> edits() {
        return Arbitraries.frequencyOf(
                Tuple.of(9, editsHere()),
                Tuple.of(
                        2,
                        Combinators.combine(slots(), fields())
                                .as((slot, field) -> new Deed(
                                        "revert here " + slot + " " + field, world -> world.revertHere(slot, field)))),
                Tuple.of(
                        1,
                        Combinators.combine(slots(), fields())
                                .as((slot, field) -> new Deed(
                                        "empty here " + slot + " " + field, world -> world.emptyHere(slot, field)))),
                Tuple.of(4, on(slot -> new Deed("insert here " + slot, world -> world.insertHere(slot)))),
                Tuple.of(2, on(slot -> new Deed("delete here " + slot, world -> world.deleteHere(slot)))),
                Tuple.of(1, on(slot -> new Deed("return here " + slot, world -> world.returnHere(slot)))),
                Tuple.of(6, editsThere(false)),
                Tuple.of(1, editsThere(true)),
                Tuple.of(
                        1,
                        Combinators.combine(slots(), fields())
                                .as((slot, field) -> new Deed(
                                        "empty there " + slot + " " + field, world -> world.emptyThere(slot, field)))),
                Tuple.of(2, on(slot -> new Deed("create there " + slot, world -> world.createThere(slot, false)))),
                Tuple.of(1, on(slot -> new Deed("suppress there " + slot, world -> world.suppressThere(slot, false)))));
    }

    private Arbitrary<Deed> editsHere() {
        return Combinators.combine(
                        slots(), fields().set().ofMinSize(1).ofMaxSize(2).map(List::copyOf))
                .as((slot, fields) ->
                        new Deed("edit here " + slot + " " + fields, world -> world.editHere(slot, fields)));
    }

    private Arbitrary<Deed> editsThere(boolean own) {
        return Combinators.combine(
                        slots(), fields().set().ofMinSize(1).ofMaxSize(2).map(List::copyOf))
                .as((slot, fields) -> new Deed(
                        "edit there " + slot + " " + fields + (own ? " as the bridge" : ""),
                        world -> world.editThere(slot, fields, own)));
    }

    /** An edit in the middle of a call. */
    private Arbitrary<Deed> meanwhile() {
        return Combinators.combine(
                        Arbitraries.of(calls.all()), Arbitraries.of(true, false), slots(), fields(), fields())
                .flatAs((call, effected, slot, field, other) -> {
                    boolean gap = call.equals(calls.look()) || (call.equals(calls.update()) && !effected);
                    return Arbitraries.of(
                                    new Deed(
                                            "edit here " + slot + " " + field,
                                            world -> world.editHere(slot, List.of(field))),
                                    new Deed(
                                            "edit there " + slot + " " + field,
                                            world -> world.editThere(slot, List.of(field), false, gap)),
                                    new Deed("delete here " + slot, world -> world.deleteHere(slot)),
                                    new Deed("suppress there " + slot, world -> world.suppressThere(slot, false)))
                            .map(deed -> new Deed(
                                    (effected ? "after " : "before ") + call + ": " + deed,
                                    world -> world.meanwhile(call, effected, deed)));
                });
    }

    private Arbitrary<Deed> crash() {
        return Combinators.combine(Arbitraries.of(calls.all()), Arbitraries.of(true, false))
                .as((call, effected) -> new Deed(
                        (effected ? "after " : "before ") + call + ": crash",
                        world -> world.meanwhile(call, effected, new Deed("crash", World::crash))));
    }

    private Arbitrary<Deed> faults() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        3,
                        Combinators.combine(
                                        Arbitraries.of(calls.all()),
                                        Arbitraries.of(
                                                Fault.reset(),
                                                Fault.answerLost(),
                                                Fault.answerLost(),
                                                Fault.status(429).retryAfterSeconds(1),
                                                Fault.status(503)))
                                .as(Histories::fault)),
                Tuple.of(2, Arbitraries.of(spoiling()).map(fault -> fault(calls.file(), fault))),
                Tuple.of(
                        1,
                        Arbitraries.of(calls.update(), calls.creation()).map(call -> fault(call, Fault.status(400)))));
    }

    private List<Fault> spoiling() {
        var all = new ArrayList<>(List.of(
                Fault.cutBody(40), Fault.resetBody(40), Fault.cutSilently(40), Fault.emptyBody(), Fault.status(404)));
        if (traits.counts()) {
            all.add(Fault.truncatedRecord());
        }
        return all;
    }

    private static Deed fault(String call, Fault fault) {
        return new Deed(
                "fault " + call + " " + fault.kind() + (fault.kind() == Fault.Kind.STATUS ? " " + fault.status() : ""),
                world -> world.fault(call, fault));
    }

    /** A job that comes to nothing. */
    private Arbitrary<Deed> lostJob() {
        if (traits.outcomes().isEmpty()) {
            return simple("cycle", World::cycle);
        }
        String well = traits.outcomes().get(0);
        return Arbitraries.of(traits.outcomes().subList(1, traits.outcomes().size()))
                .map(outcome -> new Deed("next job: " + outcome, world -> {
                    world.vendor("outcome", outcome);
                    world.meanwhile(
                            calls.poll(), true, new Deed("jobs are well", after -> after.vendor("outcome", well)));
                    world.cycle();
                    world.vendor("outcome", well);
                }));
    }
}
