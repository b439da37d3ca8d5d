package io.tidemark.sandbox.accountengagement;

import io.tidemark.sandbox.Switches;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Decides which records an export has, by the data as they are while it runs. Both bounds are exclusive. */
record Selection(Export export, Records records, Switches switches) {
    List<Version> rows() {
        List<Version> chosen = new ArrayList<>();
        for (Version row : records.all(export.request.type())) {
            if (isInWindow(row)) {
                chosen.add(row);
            }
        }
        if (switches.get(Doubts.SHUFFLED)) {
            Collections.shuffle(chosen, new Random(export.id));
        }
        return chosen;
    }

    private boolean isInWindow(Version row) {
        ExportRequest request = export.request;
        if (request.procedure() != Procedure.PROSPECT_UPDATED) {
            return request.wants(row) && isBetween(row.value(request.procedure().field));
        }
        return prospects(row).stream()
                .anyMatch(prospect -> request.wants(prospect) && isBetween(prospect.value("updatedAt")));
    }

    private List<Version> prospects(Version row) {
        if (export.request.type().name().equals("visitor")) {
            return Optional.of(row.value("prospectId"))
                    .filter(id -> !id.isEmpty())
                    .flatMap(id -> records.find(Catalogue.PROSPECT, Long.parseLong(id)))
                    .stream()
                    .toList();
        }
        return records.all(Catalogue.PROSPECT).stream()
                .filter(prospect -> prospect.value("prospectAccountId").equals(Long.toString(row.id())))
                .toList();
    }

    private boolean isBetween(String moment) {
        if (moment.isEmpty()) {
            return false;
        }
        Instant time = Instant.parse(moment);
        Instant before = export.request
                .before()
                .orElse(switches.get(Doubts.MISSING_END) == Doubts.MissingEnd.CREATION ? export.created : Instant.MAX);
        return time.isAfter(export.request.after()) && time.isBefore(before);
    }
}
