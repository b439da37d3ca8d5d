package io.tidemark.system.mpdx;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.ExportPages.Page;
import io.tidemark.system.Step;
import io.tidemark.system.mpdx.MpdxDocument.MpdxRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks records up by their ids, several in a call. */
record MpdxIds(MpdxCalls calls, MpdxKind kind) {

    /** Keeps the address of a call short. */
    private static final int MOST = 50;

    MpdxIds {
        requireNonNull(calls, "calls is null");
        requireNonNull(kind, "kind is null");
    }

    /** One page for each few of the ids; those that are not there have no row. */
    Step<Page> pages(List<String> ids) {
        List<String> now = ids.subList(0, Math.min(most(), ids.size()));
        List<String> later = ids.subList(now.size(), ids.size());
        return find(now)
                .map(document -> new Page(
                        kind.fields().stream().map(MpdxField::name).toList(),
                        document.records().stream().map(document::row).toList(),
                        later.isEmpty() ? Optional.empty() : Optional.of(() -> pages(later))));
    }

    /** The values of those of the records that are shown, by the ids that they were asked for by. */
    Step<Map<String, Map<String, @Nullable String>>> values(List<String> ids) {
        if (ids.isEmpty()) {
            return Step.done(Map.of());
        }
        List<String> now = ids.subList(0, Math.min(most(), ids.size()));
        return find(now)
                .flatMap(document -> values(ids.subList(now.size(), ids.size())).map(later -> {
                    var values = new LinkedHashMap<>(later);
                    now.forEach(id -> document.records().stream()
                            .filter(record -> record.id().equalsIgnoreCase(id))
                            .forEach(record -> values.put(id, document.values(record))));
                    return values;
                }));
    }

    private int most() {
        return Math.min(MOST, calls.settings().perPage());
    }

    /** Those of the records that are there; few enough for a page. */
    Step<MpdxDocument> find(List<String> ids) {
        return ask(ids).flatMap(found -> found.records().isEmpty() ? prove().map(proven -> found) : Step.done(found));
    }

    private Step<MpdxDocument> ask(List<String> ids) {
        ids.forEach(MpdxCalls::id);
        ApiRequest request = calls.get(calls.ids(list(), ids).with("include", kind.include()));
        return MpdxAnswers.call(request, json -> {
            MpdxDocument document = MpdxDocument.of(kind, json);
            if (!document.records().stream().map(MpdxRecord::id).allMatch(id -> isIn(ids, id))) {
                throw wrongForm("shows others");
            }
            return document;
        });
    }

    private static boolean isIn(List<String> ids, String id) {
        return ids.stream().anyMatch(id::equalsIgnoreCase);
    }

    /** A filter that MPDX does not understand can select nothing, too: so some record that is there is looked up. */
    private Step<Boolean> prove() {
        ApiRequest any = calls.get(list().with("page", "1"));
        return MpdxAnswers.call(any, json -> MpdxDocument.of(kind, json).records())
                .flatMap(there -> there.isEmpty()
                        ? Step.done(true)
                        : ask(List.of(there.get(0).id())).map(found -> {
                            if (found.records().isEmpty()) {
                                throw wrongForm("does not show them");
                            }
                            return true;
                        }));
    }

    private MpdxQuery list() {
        MpdxQuery list = calls.list(kind.listPath());
        return kind == MpdxKind.CONTACTS ? list.filter(MpdxOptions.STATUS, MpdxOptions.EVERY_STATUS) : list;
    }

    private static ApiException wrongForm(String what) {
        return new ApiException.Refused("MPDX was asked for records by their ids and " + what
                + ". Set ids-form of the source to the other one of array and list");
    }
}
