package io.tidemark.system.accountengagement;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ExportPages.Page;
import io.tidemark.system.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records that are read one by one, a call and a page each. One that is not there any more makes an empty page. */
record AccountEngagementPages(AccountEngagementProspects prospects, List<String> keys) {

    AccountEngagementPages {
        requireNonNull(prospects, "prospects is null");
        keys = List.copyOf(keys);
    }

    /** The first page; there is one only where there is a key. */
    Step<Page> first() {
        return page(0);
    }

    private Step<Page> page(int number) {
        return prospects.shown(keys.get(number)).map(record -> page(number, record));
    }

    private Page page(int number, Optional<Map<String, @Nullable String>> record) {
        List<String> fields = prospects.fields();
        var rows = new ArrayList<List<@Nullable String>>();
        record.ifPresent(values -> {
            var row = new ArrayList<@Nullable String>();
            fields.forEach(field -> row.add(values.get(field)));
            rows.add(row);
        });
        return new Page(
                fields, rows, number + 1 < keys.size() ? Optional.of(() -> page(number + 1)) : Optional.empty());
    }
}
