package io.tidemark.system.mpdx;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiRequest;
import io.tidemark.system.ExportPages.Page;
import io.tidemark.system.Step;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Sweep;
import io.tidemark.system.answer.Sweep.Swept;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The feed of deleted contacts, each a row of its id and the mark. It can be asked for whole days only, and shows the day
 * of a deletion instead of its time, so that some days before the window are asked for again. What was deleted after the
 * window comes along, which is as true.
 *
 * @see <a href="https://developers.mpdx.org/api/v2/deleted_records">Deleted records</a>
 */
record MpdxDeletions(MpdxCalls calls, int overlapDays) {

    private static final String TYPE = "Contact";
    private static final List<String> FIELDS =
            MpdxKind.CONTACTS.fields().stream().map(MpdxField::name).toList();

    MpdxDeletions {
        requireNonNull(calls, "calls is null");
    }

    Step<Page> since(Instant from) {
        MpdxQuery query = calls.list("/deleted_records")
                .filter("since_date", firstDay(from).toString())
                .filter("types", TYPE);
        return new Sweep(
                        "MPDX counts %d deleted contacts",
                        FIELDS, (page, before) -> MpdxAnswers.call(call(query, page), this::swept), Optional.empty())
                .first();
    }

    private LocalDate firstDay(Instant from) {
        LocalDate day = LocalDate.ofInstant(from, ZoneOffset.UTC).minusDays(overlapDays);
        return day.isBefore(LocalDate.EPOCH) ? LocalDate.EPOCH : day;
    }

    private ApiRequest call(MpdxQuery query, int page) {
        return calls.get(query.with("page", Integer.toString(page)));
    }

    private Swept swept(Json json) {
        var ids = new ArrayList<String>();
        var rows = new ArrayList<List<@Nullable String>>();
        for (Json deletion : MpdxDocument.list(json, "data")) {
            ids.add(deletion.text("id").orElseThrow(() -> json.unexpected("id")));
            row(deletion).ifPresent(rows::add);
        }
        return new Swept(ids, rows, MpdxDocument.total(json));
    }

    private static Optional<List<@Nullable String>> row(Json deletion) {
        return deletion.get("attributes")
                .filter(attributes ->
                        attributes.text("deletable_type").filter(TYPE::equals).isPresent())
                .flatMap(attributes -> attributes.text("deletable_id"))
                .map(MpdxDeletions::row);
    }

    private static List<@Nullable String> row(String id) {
        var row = new ArrayList<@Nullable String>(Collections.nCopies(FIELDS.size(), null));
        row.set(FIELDS.indexOf(MpdxField.ID), id);
        row.set(FIELDS.indexOf(MpdxField.DELETED), "true");
        return row;
    }
}
