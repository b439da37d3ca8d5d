package io.tidemark.sandbox.accountengagement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Switches;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a new export is asked for, found valid.
 *
 * @param headings the fields as they were named
 * @param before empty where no end was given
 * @param deleted empty where the object's procedures do not know it
 */
record ExportRequest(
        ObjectType type,
        List<Field> fields,
        List<String> headings,
        Procedure procedure,
        Instant after,
        Optional<Instant> before,
        Optional<String> deleted,
        Set<String> types,
        boolean prospectOnly) {
    private static final int MOST_FIELDS = 150;
    private static final String SESSION = "5";

    /** Throws the refusal for whatever is not valid. */
    static ExportRequest read(Call call, List<Field> custom, Switches switches) {
        ObjectNode body = call.body();
        ObjectType type = type(body);
        type.needed().forEach(call::needs);
        Reading reading = new Reading(call, type, switches);
        List<Field> fields = reading.fields(body, custom);
        JsonNode plan = body.path("procedure");
        if (!plan.isObject()) {
            throw ApiError.missing("procedure");
        }
        Procedure procedure = reading.procedure(plan.path("name").asText());
        Map<String, JsonNode> arguments = reading.arguments(plan.path("arguments"), procedure);
        Instant after = reading.time(arguments, procedure.stem + "_after")
                .orElseThrow(() -> new ApiError(176, "the argument " + procedure.stem + "_after is missing"));
        Optional<Instant> before = reading.time(arguments, procedure.stem + "_before");
        reading.checkRange(procedure, after, before);
        return new ExportRequest(
                type,
                fields,
                fields.stream().map(field -> field.nameIn(call.version())).toList(),
                procedure,
                after,
                before,
                type.deletable() ? Optional.of(reading.deleted(arguments, procedure)) : Optional.empty(),
                reading.types(arguments),
                reading.flag(arguments, "prospect_only"));
    }

    private static ObjectType type(ObjectNode body) {
        if (!body.hasNonNull("object")) {
            throw ApiError.missing("object");
        }
        return Catalogue.find(body.path("object").asText())
                .orElseThrow(() -> new ApiError(
                        192, "there is no object " + body.path("object").asText()));
    }

    boolean wants(Version row) {
        return deleted.map(wanted -> wanted.equals("all") || wanted.equals(row.value("isDeleted")))
                        .orElse(true)
                && (types.isEmpty() ? !row.value("type").equals(SESSION) : types.contains(row.value("type")))
                && (!prospectOnly || !row.value("prospectId").isEmpty());
    }

    /** The reading of one request's parts. */
    private record Reading(Call call, ObjectType type, Switches switches) {
        List<Field> fields(ObjectNode body, List<Field> custom) {
            List<Field> all = new ArrayList<>(type.fields());
            all.addAll(custom);
            all.removeIf(field -> field.nameIn(call.version()).isEmpty() || hidden(field));
            JsonNode asked = body.path("fields");
            if (!body.hasNonNull("fields")) {
                return all;
            }
            if (!asked.isArray() || asked.size() > MOST_FIELDS) {
                throw ApiError.invalid("fields", "must be an array of at most " + MOST_FIELDS);
            }
            List<Field> fields = new ArrayList<>();
            for (JsonNode name : asked) {
                fields.add(all.stream()
                        .filter(field -> field.nameIn(call.version()).equals(name.asText()))
                        .findFirst()
                        .orElseThrow(() -> ApiError.field(name.asText())));
            }
            return fields;
        }

        private boolean hidden(Field field) {
            return call.version() != 5
                    && field.name().equals("isDeleted")
                    && !switches.get(Doubts.DELETED_FLAG_IN_OLDER);
        }

        Procedure procedure(String name) {
            for (Procedure candidate : type.procedures()) {
                if (named(candidate).equals(name) && !isLost(candidate)) {
                    return candidate;
                }
            }
            throw new ApiError(174, type.name() + " has no procedure " + name);
        }

        private String named(Procedure procedure) {
            return switch (procedure) {
                case CREATED -> "filter_by_created_at";
                case UPDATED -> "filter_by_updated_at";
                case ACTIVITY -> switches.get(Doubts.ACTIVITY_PROCEDURE);
                case PROSPECT_UPDATED -> switches.get(Doubts.PROSPECT_PROCEDURE);
            };
        }

        private boolean isLost(Procedure procedure) {
            return procedure == Procedure.UPDATED
                    && type.name().equals("prospectAccount")
                    && call.version() == 5
                    && !switches.get(Doubts.ACCOUNTS_BY_UPDATED);
        }

        /** The arguments by their names in snake case. */
        Map<String, JsonNode> arguments(JsonNode given, Procedure procedure) {
            Map<String, JsonNode> arguments = new LinkedHashMap<>();
            for (String argument : known(procedure)) {
                for (String spelling : spellings(argument, procedure)) {
                    if (given.hasNonNull(spelling)) {
                        arguments.put(argument, given.path(spelling));
                    }
                }
            }
            Set<String> unknown = new HashSet<>();
            given.fieldNames().forEachRemaining(unknown::add);
            known(procedure).forEach(argument -> unknown.removeAll(spellings(argument, procedure)));
            unknown.stream().findFirst().ifPresent(name -> {
                throw new ApiError(175, "there is no argument " + name);
            });
            return arguments;
        }

        private List<String> known(Procedure procedure) {
            List<String> known = new ArrayList<>(List.of(procedure.stem + "_after", procedure.stem + "_before"));
            if (type.deletable()) {
                known.add(procedure.deletedArgument());
            }
            if (type.hasTypes()) {
                known.addAll(List.of("type", "prospect_only"));
            }
            return known;
        }

        private List<String> spellings(String argument, Procedure procedure) {
            if (argument.equals("prospect_only") && call.version() != 5) {
                return switch (switches.get(Doubts.PROSPECT_ONLY)) {
                    case DOCUMENTED -> List.of(procedure == Procedure.UPDATED ? camel(argument) : argument);
                    case SNAKE -> List.of(argument);
                    case CAMEL -> List.of(camel(argument));
                    case BOTH -> List.of(argument, camel(argument));
                };
            }
            return switch (switches.get(Doubts.ARGUMENT_SPELLING)) {
                case BY_VERSION -> List.of(call.version() == 5 ? camel(argument) : argument);
                case SNAKE -> List.of(argument);
                case CAMEL -> List.of(camel(argument));
                case BOTH -> List.of(argument, camel(argument));
            };
        }

        private static String camel(String snake) {
            StringBuilder camel = new StringBuilder();
            for (String word : snake.split("_", -1)) {
                camel.append(
                        camel.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
            }
            return camel.toString();
        }

        Optional<Instant> time(Map<String, JsonNode> arguments, String name) {
            return Optional.ofNullable(arguments.get(name)).map(value -> {
                try {
                    return call.time().read(value.asText(), switches.get(Doubts.OFFSETS_UNDERSTOOD));
                } catch (DateTimeException e) {
                    throw ApiError.argument(name, "is not a time");
                }
            });
        }

        void checkRange(Procedure procedure, Instant after, Optional<Instant> before) {
            Instant end = before.orElse(call.now());
            if (!end.isAfter(after)) {
                throw ApiError.argument(procedure.stem + "_before", "must be later than the start");
            }
            if (end.isAfter(longest(after))) {
                throw ApiError.argument(procedure.stem + "_after", "starts a range of more than a year");
            }
        }

        private Instant longest(Instant after) {
            return switch (switches.get(Doubts.YEAR)) {
                case DAYS_365 -> after.plus(Duration.ofDays(365));
                case DAYS_366 -> after.plus(Duration.ofDays(366));
                case CALENDAR -> after.atZone(call.time().zone()).plusYears(1).toInstant();
            };
        }

        String deleted(Map<String, JsonNode> arguments, Procedure procedure) {
            JsonNode given = arguments.get(procedure.deletedArgument());
            if (given == null) {
                boolean all = Set.of("prospect", "listMembership").contains(type.name())
                        && switches.get(Doubts.DELETED_DEFAULT) == Doubts.Deleted.ALL;
                return all ? "all" : "false";
            }
            if (!Set.of("true", "false", "all").contains(given.asText())) {
                throw ApiError.argument(procedure.deletedArgument(), "must be true, false or all");
            }
            return given.asText();
        }

        Set<String> types(Map<String, JsonNode> arguments) {
            JsonNode given = arguments.get("type");
            Set<String> types = new HashSet<>();
            if (given != null && given.isArray()) {
                given.forEach(one -> types.add(one.asText()));
            } else if (given != null) {
                types.add(given.asText());
            }
            if (types.stream().anyMatch(one -> !one.matches("\\d{1,3}"))) {
                throw ApiError.argument("type", "must be numbers of activity types");
            }
            return types;
        }

        boolean flag(Map<String, JsonNode> arguments, String name) {
            JsonNode given = arguments.get(name);
            if (given != null && !Set.of("true", "false").contains(given.asText())) {
                throw ApiError.argument(name, "must be true or false");
            }
            return given != null && given.asText().equals("true");
        }
    }
}
