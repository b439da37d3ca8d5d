package io.tidemark.sandbox.everyaction;

import io.tidemark.sandbox.Switches;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Decides which records an export has: by window, author, kind and activity, in the readings the switches say. */
record ExportSelection(ExportRequest request, Instant to, Author self, Switches switches) {
    List<Version> of(List<List<Version>> histories) {
        List<Version> chosen = new ArrayList<>();
        for (List<Version> history : histories) {
            Version last = history.get(history.size() - 1);
            if (fits(last) && (requested(last) || changed(history, last))) {
                chosen.add(last);
                if (switches.get(Doubts.DUPLICATE_KEYS) && chosen.size() % 5 == 4) {
                    chosen.add(last);
                }
            }
        }
        if (switches.get(Doubts.SHUFFLED)) {
            Collections.shuffle(chosen, new Random(to.toEpochMilli()));
        }
        return chosen;
    }

    private boolean fits(Version last) {
        boolean kind = !request.type().equals(Catalogue.CONTACTS)
                || request.contactMode() == 3
                || last.isOrganisation() == (request.contactMode() == 2);
        return kind
                && (request.activistCodes().isEmpty()
                        || request.activistCodes().contains(Long.parseLong("0" + last.value("ActivistCodeID"))));
    }

    private boolean requested(Version last) {
        return request.ids().contains(last.id());
    }

    private boolean changed(List<Version> history, Version last) {
        boolean overridden =
                !request.ids().isEmpty() && switches.get(Doubts.REQUESTED_IDS) == Doubts.RequestedIds.OVERRIDE_WINDOW;
        if (overridden || (!last.active() && !request.includeInactive())) {
            return false;
        }
        List<Version> counted =
                switches.get(Doubts.MEMBERSHIP) == Doubts.Membership.LAST_CHANGE ? List.of(last) : history;
        return counted.stream().anyMatch(this::inWindow) && !hidden(history, last);
    }

    private boolean hidden(List<Version> history, Version last) {
        if (!request.excludeSelf()) {
            return false;
        }
        return switch (switches.get(Doubts.SELF_EXCLUSION)) {
            case REFUSED -> false;
            case LAST_WRITER -> last.author().equals(self);
            case ANY_OWN_CHANGE ->
                history.stream()
                        .anyMatch(
                                version -> inWindow(version) && version.author().equals(self));
        };
    }

    private boolean inWindow(Version version) {
        Doubts.Bounds bounds = switches.get(Doubts.BOUNDS);
        boolean fromIncluded = bounds == Doubts.Bounds.FROM_INCLUDED || bounds == Doubts.Bounds.BOTH_INCLUDED;
        boolean toIncluded = bounds == Doubts.Bounds.TO_INCLUDED || bounds == Doubts.Bounds.BOTH_INCLUDED;
        int afterFrom = version.at().compareTo(request.from());
        int afterTo = version.at().compareTo(to);
        return (afterFrom > 0 || (fromIncluded && afterFrom == 0)) && (afterTo < 0 || (toIncluded && afterTo == 0));
    }
}
