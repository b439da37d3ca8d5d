package io.tidemark.csv;

import static java.util.Objects.requireNonNull;

/** Why a text is no value of a type. Made once a type, not once a cell. */
public record Misfit(String reason) {

    public Misfit {
        requireNonNull(reason, "reason is null");
    }
}
