package io.tidemark.settings;

import io.tidemark.settings.StreamSettings.Direction;
import io.tidemark.system.DeletionRule;
import io.tidemark.system.SystemType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One stream: checked, then built. */
final class StreamSection {
    private static final String DAILY = "0 30 3 * * ?";

    private final String name;
    private final Section section;
    private final Optional<SystemType> type;

    private StreamSection(String name, Section section, Optional<SystemType> type) {
        this.name = name;
        this.section = section;
        this.type = type;
    }

    static StreamSection check(
            String name,
            Section section,
            Map<String, SourceSection> sources,
            Catalogue catalogue,
            UnknownKeys unknown) {
        Optional<SystemType> type = section.text(StreamKeys.SOURCE)
                .flatMap(source -> Optional.ofNullable(sources.get(source)))
                .flatMap(SourceSection::type);
        section.standard(StreamKeys.TABLE, name.replace('-', '_'));
        boolean both = section.text(StreamKeys.DIRECTION).filter("both"::equals).isPresent();
        section.standard(StreamKeys.RECONCILE_SCHEDULE, both ? DAILY : TimeParsers.OFF);
        section.check(type.map(catalogue::stream).orElseGet(() -> catalogue.common(Place.Scope.STREAM)));
        var stream = new StreamSection(name, section, type);
        stream.checkSource(sources.keySet());
        stream.checkResource();
        stream.checkFields();
        stream.checkTogether();
        unknown.inside(section, Place.Scope.STREAM, type);
        return stream;
    }

    private void checkSource(Set<String> sources) {
        Optional<String> source = section.find(StreamKeys.SOURCE);
        if (source.isPresent() && !sources.contains(source.get())) {
            section.refuse(
                    StreamKeys.SOURCE,
                    sources.isEmpty()
                            ? "no source is configured; add tidemark.sources." + source.get() + ".system"
                            : Parsers.mustBeOneOf(sources, source.get()));
        }
    }

    private void checkResource() {
        Optional<String> resource = section.find(StreamKeys.RESOURCE);
        if (type.isEmpty() || resource.isEmpty()) {
            return;
        }
        Set<String> known = type.get().resources();
        if (!known.contains(resource.get())) {
            List<String> sorted = known.stream().sorted().toList();
            section.refuse(
                    StreamKeys.RESOURCE,
                    "must be one of " + String.join(", ", sorted) + Nearest.hint(resource.get(), sorted));
        }
    }

    /** Columns are distinct, and what is left out is not needed. */
    private void checkFields() {
        var fieldsByColumn = new HashMap<String, String>();
        section.each(StreamKeys.COLUMNS).forEach((field, column) -> {
            String key = StreamKeys.COLUMNS.name() + field;
            if (column.equals(StreamSettings.LEFT_OUT)) {
                if (section.find(StreamKeys.KEY).orElse(List.of()).contains(field)) {
                    section.refuse(key, "must not leave out a field of the key");
                }
                if (section.each(StreamKeys.WRITE).containsKey(field)) {
                    section.refuse(key, "must not leave out a field that is written");
                }
                return;
            }
            String earlier = fieldsByColumn.putIfAbsent(column.toLowerCase(Locale.ROOT), field);
            if (earlier != null) {
                section.refuse(key, "is the column of " + earlier + " already; choose another name");
            }
        });
    }

    private void checkTogether() {
        Optional<Duration> first = section.find(StreamKeys.POLL_FIRST);
        Optional<Duration> most = section.find(StreamKeys.POLL_MOST);
        if (first.isPresent() && most.isPresent() && first.get().compareTo(most.get()) > 0) {
            section.refuse(
                    StreamKeys.POLL_FIRST,
                    first.get() + " is longer than " + section.keyOf(StreamKeys.POLL_MOST) + ", which is "
                            + most.get());
        }
        if (section.find(StreamKeys.DELETED_VALUES).isPresent() && !section.has(StreamKeys.DELETED_FIELD)) {
            section.refuse(
                    StreamKeys.DELETED_VALUES,
                    "needs " + section.keyOf(StreamKeys.DELETED_FIELD) + ", the field that holds them");
        }
        Optional<Direction> direction = section.find(StreamKeys.DIRECTION);
        if (section.find(StreamKeys.TRANSFORM).isPresent()
                && direction.filter(way -> way != Direction.INBOUND).isPresent()) {
            section.refuse(
                    StreamKeys.TRANSFORM,
                    "is possible only with direction inbound; " + section.keyOf(StreamKeys.DIRECTION) + " is "
                            + StreamSettings.word(direction.get()));
        }
        checkWayBack(direction);
    }

    /** What goes back is of a resource that takes it, and known by one key, which is the vendor's to give. */
    private void checkWayBack(Optional<Direction> direction) {
        Optional<String> resource = section.find(StreamKeys.RESOURCE)
                .filter(name -> type.filter(system -> system.resources().contains(name)
                                && !system.writable().contains(name))
                        .isPresent());
        if (resource.isPresent()
                && direction.filter(way -> way != Direction.INBOUND).isPresent()) {
            section.refuse(
                    StreamKeys.DIRECTION,
                    "must be inbound: " + type.orElseThrow().name() + " cannot write " + resource.get() + ", only "
                            + String.join(
                                    ", ",
                                    type.get().writable().stream().sorted().toList()));
        }
        List<String> key = section.find(StreamKeys.KEY).orElse(List.of());
        if (key.size() > 1 && direction.filter(way -> way != Direction.INBOUND).isPresent()) {
            section.refuse(
                    StreamKeys.KEY,
                    "must be one field unless the direction is inbound; " + section.keyOf(StreamKeys.DIRECTION) + " is "
                            + StreamSettings.word(direction.get()));
        }
        key.stream()
                .filter(section.each(StreamKeys.WRITE)::containsKey)
                .forEach(field -> section.refuse(
                        StreamKeys.WRITE.name() + field,
                        "must not be a field of the key, which is the vendor's to give"));
    }

    /**
     * Refuses a table that another stream has.
     *
     * @param streamsByTable the tables seen so far, in lower case; this stream's is added
     */
    void checkTable(Map<String, String> streamsByTable) {
        section.find(StreamKeys.TABLE).ifPresent(table -> {
            String other = streamsByTable.putIfAbsent(table.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                section.refuse(
                        StreamKeys.TABLE,
                        "table " + table + " is the stream " + other
                                + "'s already; give each stream a table of its own");
            }
        });
    }

    List<EffectiveValue> effective() {
        return section.effective();
    }

    StreamSettings build() {
        return new StreamSettings(
                name,
                section.get(StreamKeys.SOURCE),
                section.get(StreamKeys.RESOURCE),
                section.get(StreamKeys.TABLE),
                section.get(StreamKeys.DIRECTION),
                section.get(StreamKeys.SCHEDULE),
                section.get(StreamKeys.OUTBOUND_SCHEDULE),
                section.each(StreamKeys.TYPES),
                section.find(StreamKeys.KEY).orElse(List.of()),
                section.find(StreamKeys.START_FROM),
                section.get(StreamKeys.OVERLAP),
                Catalogue.options(section, type.orElseThrow().exportOptions(), StreamKeys.EXPORT),
                section.each(StreamKeys.COLUMNS),
                List.copyOf(section.each(StreamKeys.WRITE).keySet()),
                section.get(StreamKeys.CONFLICT),
                section.get(StreamKeys.DELETES),
                section.get(StreamKeys.OUTBOUND_DELETES),
                section.get(StreamKeys.SCHEMA_CHANGES),
                section.get(StreamKeys.GAP),
                section.get(StreamKeys.POLL_FIRST),
                section.get(StreamKeys.POLL_MOST),
                section.get(StreamKeys.JOB_TIMEOUT),
                section.get(StreamKeys.COUNT_MISMATCH),
                section.find(StreamKeys.DELETED_FIELD).map(this::deletion),
                section.find(StreamKeys.MERGED_INTO),
                section.get(StreamKeys.WRITE_CHECK),
                section.find(StreamKeys.MATCH).orElse(List.of()),
                section.get(StreamKeys.REJECTS_MOST),
                section.get(StreamKeys.BRAKE),
                section.get(StreamKeys.RECONCILE_SCHEDULE),
                section.find(StreamKeys.TRANSFORM));
    }

    private DeletionRule deletion(String field) {
        return new DeletionRule(
                field, Set.copyOf(section.find(StreamKeys.DELETED_VALUES).orElse(List.of())));
    }
}
