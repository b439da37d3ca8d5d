package io.tidemark.system.mpdx;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.system.ApiException;
import io.tidemark.system.Export;
import io.tidemark.system.ExportFile;
import io.tidemark.system.ExportLimits;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.Field;
import io.tidemark.system.FieldType;
import io.tidemark.system.JobStatus;
import io.tidemark.system.Requested;
import io.tidemark.system.Shape;
import io.tidemark.system.Step;
import io.tidemark.system.answer.Json;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The contacts' export: a stored filter, and a file that MPDX makes of it when it is fetched. Any successful look at an
 * export may use it up, so that there is one call to store it and one for its file, and none between.
 *
 * @see <a href="https://developers.mpdx.org/api/v2/contacts/exports">Exports</a>
 */
record MpdxFiles(MpdxCalls calls, ExportSpec spec) implements Export {

    static final String RESOURCE = "exports";

    private static final ExportLimits LIMITS = new ExportLimits(Instant.EPOCH, Optional.empty(), false, false, false);
    private static final String NAME = "Contact Name";
    private static final List<String> ADDRESS = List.of(
            "Mailing Street Address", "Mailing City", "Mailing State", "Mailing Postal Code", "Mailing Country");
    private static final Set<String> NUMBERS = Set.of("Commitment Amount");

    MpdxFiles {
        requireNonNull(calls, "calls is null");
        requireNonNull(spec, "spec is null");
    }

    @Override
    public ExportLimits limits() {
        return LIMITS;
    }

    @Override
    public Step<Shape> shape() {
        MpdxFilter.of(spec);
        if (spec.key().isEmpty()) {
            throw new ApiException.Refused("an export of MPDX holds no id. Set tidemark.streams." + spec.stream()
                    + ".key to the column or columns that tell contacts apart, such as " + NAME
                    + " where no two contacts have one name; for a table with ids take the resource contacts");
        }
        return Step.done(new Shape(
                spec.key(),
                fields(mailing()),
                Optional.empty(),
                spec.deletion().stream().toList(),
                false,
                Optional.empty(),
                notes()));
    }

    private List<String> notes() {
        var notes = new ArrayList<String>();
        List<String> known = fields(mailing()).stream().map(Field::name).toList();
        spec.key().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> notes.add("the column " + name + " of the key is not among those that are known"));
        notes.add("an export shows who is there, not who was deleted, and leaves out contacts without a living person");
        return notes;
    }

    /** The columns of a file, which follow the language asked for; these are the English ones. */
    static List<Field> fields(boolean mailing) {
        var names = new ArrayList<String>();
        names.add(NAME);
        if (!mailing) {
            names.addAll(List.of("First Name", "Last Name", "Spouse First Name"));
        }
        names.addAll(List.of("Greeting", "Envelope Greeting"));
        names.addAll(ADDRESS);
        names.addAll(
                mailing
                        ? List.of("Address Block")
                        : List.of(
                                "Status",
                                "Commitment Amount",
                                "Commitment Currency",
                                "Commitment Frequency",
                                "Newsletter",
                                "Commitment Received",
                                "Tags",
                                "Primary Email",
                                "Spouse Email",
                                "Other Email",
                                "Spouse Other Email",
                                "Primary Phone",
                                "Spouse Phone",
                                "Other Phone",
                                "Spouse Other Phone"));
        return names.stream()
                .map(name -> new Field(name, NUMBERS.contains(name) ? FieldType.NUMBER : FieldType.TEXT, true))
                .toList();
    }

    @Override
    public Step<Requested> request(ExportRequest request) {
        return MpdxAnswers.call(
                calls.export(body(request).toString(), mailing()),
                json -> new Requested(id(json), request.to(), false, List.of()));
    }

    private static String id(Json json) {
        return json.get("data").flatMap(data -> data.text("id")).orElseThrow(() -> json.unexpected("id of an export"));
    }

    private ObjectNode body(ExportRequest request) {
        ObjectNode filter = MpdxFilter.of(spec).toJson(calls.settings().accountListId());
        if (MpdxOptions.flag(spec.parameters(), MpdxOptions.CHANGED_ONLY)) {
            Instant to = Optional.ofNullable(request.to())
                    .orElseThrow(() -> new IllegalArgumentException("MPDX does not end a window by itself"));
            filter.put(MpdxField.UPDATED_AT, MpdxCalls.range(request.from(), to));
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode params = body.putObject("data")
                .put("type", "export_logs")
                .putObject("attributes")
                .putObject("params");
        if (parameter(MpdxOptions.FILTER_FORM).equals("string")) {
            params.put("filter", filter.toString());
        } else {
            params.set("filter", filter);
        }
        return body;
    }

    @Override
    public Step<JobStatus> status(String jobId, ExportRequest request) {
        String format = parameter(MpdxOptions.FORMAT);
        ExportFile file = new ExportFile(
                URI.create(MpdxCalls.file(jobId, mailing(), format)),
                null,
                ExportFile.Access.CREDENTIALS,
                format.equals("xlsx") ? ExportFile.Format.XLSX : ExportFile.Format.CSV,
                calls.language(),
                true);
        return Step.done(new JobStatus.Ready("stored", List.of(file), OptionalLong.empty(), request.to()));
    }

    private boolean mailing() {
        return MpdxOptions.flag(spec.parameters(), MpdxOptions.MAILING);
    }

    private String parameter(String name) {
        return MpdxOptions.value(spec.parameters(), name);
    }
}
