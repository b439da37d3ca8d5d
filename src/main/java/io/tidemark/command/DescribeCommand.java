package io.tidemark.command;

import static java.util.Objects.requireNonNull;

import io.tidemark.route.Bridge;
import io.tidemark.route.Questions;
import io.tidemark.settings.SourceSettings;
import io.tidemark.system.Account;
import io.tidemark.system.ApiException;
import io.tidemark.system.Field;
import io.tidemark.system.Option;
import io.tidemark.system.ResourceDescription;
import io.tidemark.system.ResourceDescription.Asking;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "describe",
        description = "Asks a source what its key can see, and prints stream configuration to paste.",
        mixinStandardHelpOptions = true)
final class DescribeCommand extends TidemarkCommand {
    @Parameters(index = "0", paramLabel = "SOURCE", description = "a configured source")
    String source = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "RESOURCE", description = "one resource, with its fields")
    @Nullable
    String resource;

    @Override
    public Integer call() {
        try (Workplace workplace = Workplace.scratch(Workplace.read(root()), root().routes)) {
            Map<String, SourceSettings> sources = workplace.settings().sources();
            if (!sources.containsKey(source)) {
                throw new UsageException("there is no source " + source + "; configured are: "
                        + (sources.isEmpty() ? "none" : String.join(", ", sources.keySet())));
            }
            try (Bridge bridge = workplace.bridge(false)) {
                bridge.startToAsk();
                return describe(
                        bridge.questions(source),
                        requireNonNull(sources.get(source)).system().exportOptions());
            }
        }
    }

    private int describe(Questions questions, List<Option> parameters) {
        try {
            if (resource == null) {
                printSource(questions.account(), questions.resources());
            } else {
                printResource(questions.describe(resource));
                printParameters(parameters);
            }
            return CommandLineInterface.OK;
        } catch (ApiException refused) {
            say(source + ": " + refused.getMessage());
            return CommandLineInterface.UNWELL;
        }
    }

    private void printSource(Account account, List<String> resources) {
        say("# source " + source);
        account.details().forEach((name, value) -> say("#   " + name + ": " + value));
        say("# resources this key can export; 'tidemark describe " + source + " RESOURCE' tells more of one");
        for (String name : resources) {
            say("");
            printStream(name);
        }
    }

    private void printStream(String name) {
        String stream = streamName(name);
        say("tidemark.streams." + stream + ".source=" + source);
        say("tidemark.streams." + stream + ".resource=" + name);
    }

    private void printResource(ResourceDescription description) {
        say("# " + description.resource() + " of source " + source);
        say("# fields that come without being asked for:");
        printFields(description.fields(), true);
        description.asking().ifPresent(asking -> printFurther(description, asking));
        if (!description.changeTypes().isEmpty()) {
            say("# change types: " + String.join(", ", description.changeTypes()));
        }
        say("");
        printStream(description.resource());
        if (description.key().isEmpty()) {
            say("# the key of this resource is not known; name the field that identifies a record:");
            say("#tidemark.streams." + streamName(description.resource()) + ".key=");
        } else {
            say("#tidemark.streams." + streamName(description.resource()) + ".key="
                    + String.join(",", description.key()));
        }
        description.asking().ifPresent(asking -> printWish(description, asking));
    }

    private void printFurther(ResourceDescription description, Asking asking) {
        if (description.fields().stream().anyMatch(field -> !field.always())) {
            say("# fields to ask for by name (export." + asking.fields()
                    + (asking.instead() ? ", which then names those above, too):" : "):"));
            printFields(description.fields(), false);
        }
        if (!description.custom().isEmpty()) {
            say("# custom fields to ask for by id (export." + asking.custom() + "):");
            description
                    .custom()
                    .forEach(custom -> say(
                            "#   " + custom.id() + "  " + custom.name() + (custom.editable() ? "" : "  (read-only)")));
        }
    }

    /** The line that asks for every field there is by name. */
    private void printWish(ResourceDescription description, Asking asking) {
        if (description.fields().stream().anyMatch(field -> !field.always())) {
            say("#tidemark.streams." + streamName(description.resource()) + ".export." + asking.fields() + "="
                    + description.fields().stream()
                            .filter(field -> asking.instead() || !field.always())
                            .map(Field::name)
                            .collect(Collectors.joining(",")));
        }
    }

    /** Every key that asks the vendor for something, whatever the resource. */
    private void printParameters(List<Option> parameters) {
        say("# what this system's exports can be asked for, below tidemark.streams.NAME.export.:");
        parameters.forEach(parameter -> say("#   " + parameter.name() + "  " + parameter.description()));
    }

    private void printFields(List<Field> fields, boolean always) {
        fields.stream()
                .filter(field -> field.always() == always)
                .forEach(field ->
                        say("#   " + field.name() + "  " + field.type().name().toLowerCase(Locale.ROOT)));
    }

    private static String streamName(String resource) {
        String kebab = resource.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9-]", "-");
        return kebab.length() > 31 ? kebab.substring(0, 31) : kebab;
    }
}
