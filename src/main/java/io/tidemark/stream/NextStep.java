package io.tidemark.stream;

/** What a stream's next step is; follows from its state alone. */
public enum NextStep {
    REQUEST,
    POLL,
    LOAD
}
