package io.tidemark.sandbox.mpdx;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.sandbox.Switches;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * Every record with all its states, and what is left of the deleted ones. A change moves the time of its record and of those
 * that the vendor moves with it, in whole seconds. Safe for use by several threads.
 */
final class Records {
    private final InstantSource clock;
    private final Switches switches;
    private final Random random;
    private final Map<String, Entity> all = new LinkedHashMap<>();
    private final Map<String, List<Entity>> states = new LinkedHashMap<>();
    private final List<Deletion> deletions = new ArrayList<>();

    Records(InstantSource clock, Switches switches, long seed) {
        this.clock = clock;
        this.switches = switches;
        this.random = new Random(seed);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    synchronized String newId() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }

    synchronized Entity add(Kind kind, String id, List<String> parents, Map<String, JsonNode> attributes) {
        Instant now = now();
        Entity entity = new Entity(kind, id, parents, attributes, now, now);
        keep(entity);
        markAlone(entity);
        touchAbove(entity, true);
        return find(kind, id).orElseThrow();
    }

    /** Changes attributes and moves the time, even if they are equal, as a save there does. */
    synchronized Entity change(Entity before, Map<String, JsonNode> changes) {
        Entity after = get(before.id()).with(changes, now());
        keep(after);
        markAlone(after);
        touchAbove(after, false);
        return after;
    }

    /** Gives a person another contact. */
    synchronized void link(Entity person, List<String> contacts) {
        keep(person.below(contacts, now()));
        contacts.forEach(this::touch);
    }

    synchronized void remove(Entity entity, Optional<String> by) {
        forget(entity);
        if (entity.kind() == Kind.CONTACT) {
            deletions.add(new Deletion(newId(), entity.id(), entity.parent(), by, now()));
        }
    }

    /** Like {@link #remove}, and nothing tells of it. */
    synchronized void forget(Entity entity) {
        all.remove(entity.id());
        touchAbove(entity, true);
        below(entity.id()).forEach(child -> removeBelow(child, entity.id()));
    }

    private void removeBelow(Entity child, String parent) {
        List<String> others =
                child.parents().stream().filter(each -> !each.equals(parent)).toList();
        if (others.isEmpty()) {
            all.remove(child.id());
            below(child.id()).forEach(each -> removeBelow(each, child.id()));
        } else {
            keep(child.below(others, child.updatedAt()));
        }
    }

    /** The loser fills the blanks of the winner, hands over what belongs to it, and is deleted. */
    synchronized void merge(Entity winner, Entity loser, Optional<String> by) {
        Map<String, JsonNode> gained = new LinkedHashMap<>();
        loser.attributes().forEach((name, value) -> {
            if (winner.text(name).isEmpty()) {
                gained.put(name, value);
            }
        });
        gained.putAll(Merging.joined(winner, loser));
        change(winner, gained);
        for (Entity child : below(loser.id())) {
            List<String> parents = child.parents().stream()
                    .map(parent -> parent.equals(loser.id()) ? winner.id() : parent)
                    .distinct()
                    .toList();
            keep(child.below(parents, now()));
        }
        remove(get(loser.id()), by);
    }

    synchronized Optional<Entity> find(Kind kind, String id) {
        return Optional.ofNullable(all.get(id)).filter(entity -> entity.kind() == kind);
    }

    synchronized boolean has(String id) {
        return all.containsKey(id);
    }

    synchronized List<Entity> all(Kind kind) {
        return all.values().stream().filter(entity -> entity.kind() == kind).toList();
    }

    /** The children of one kind, the marked one first. */
    synchronized List<Entity> children(Kind kind, String parent) {
        List<Entity> children = new ArrayList<>(
                below(parent).stream().filter(child -> child.kind() == kind).toList());
        if (kind != Kind.PERSON) {
            children.sort((one, other) -> Boolean.compare(other.isTrue(kind.mark()), one.isTrue(kind.mark())));
        }
        return children;
    }

    synchronized List<Deletion> deletions() {
        return List.copyOf(deletions);
    }

    /** Every state that a record has had, oldest first; none for a record there never was. */
    synchronized List<Entity> states(String id) {
        return List.copyOf(states.getOrDefault(id, List.of()));
    }

    /** The last state of every record of a kind, deleted or not. */
    synchronized List<Entity> ever(Kind kind) {
        return states.values().stream()
                .map(each -> each.get(each.size() - 1))
                .filter(entity -> entity.kind() == kind)
                .toList();
    }

    synchronized void clear() {
        all.clear();
        states.clear();
        deletions.clear();
    }

    private void keep(Entity entity) {
        all.put(entity.id(), entity);
        states.computeIfAbsent(entity.id(), id -> new ArrayList<>(1)).add(entity);
    }

    private List<Entity> below(String parent) {
        return all.values().stream()
                .filter(entity -> entity.parents().contains(parent))
                .toList();
    }

    /** Of several children one at most is marked as the first; the others lose the mark, and their times move. */
    private void markAlone(Entity entity) {
        if (entity.kind() == Kind.CONTACT
                || entity.kind() == Kind.PERSON
                || !entity.isTrue(entity.kind().mark())) {
            return;
        }
        for (Entity other : children(entity.kind(), entity.parent())) {
            if (!other.id().equals(entity.id()) && other.isTrue(entity.kind().mark())) {
                keep(other.with(Map.of(entity.kind().mark(), Values.truth(false)), now()));
            }
        }
    }

    /** A contact moves with its addresses and with the coming and going of people, a person with what belongs to it. */
    private void touchAbove(Entity entity, boolean link) {
        boolean moves = entity.kind() != Kind.CONTACT && (entity.kind() != Kind.PERSON || link);
        if (!moves) {
            return;
        }
        entity.parents().forEach(this::touch);
        if ((entity.kind() == Kind.EMAIL || entity.kind() == Kind.PHONE)
                && switches.get(Doubts.EMAIL_TOUCHES_CONTACT)) {
            find(Kind.PERSON, entity.parent())
                    .ifPresent(person -> person.parents().forEach(this::touch));
        }
    }

    private void touch(String id) {
        Optional.ofNullable(all.get(id)).ifPresent(parent -> keep(parent.touched(now())));
    }

    private Entity get(String id) {
        return Optional.ofNullable(all.get(id)).orElseThrow(() -> new NoSuchElementException(id));
    }
}
