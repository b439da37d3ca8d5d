package io.tidemark.sandbox.everyaction;

/** Who made a change: somebody at the screen, or an API user by its key. */
record Author(String key) {
    static final Author HUMAN = new Author("");
}
