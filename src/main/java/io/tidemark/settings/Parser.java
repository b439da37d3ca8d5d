package io.tidemark.settings;

/** Reads the text of a value. */
@FunctionalInterface
interface Parser<T> {
    T parse(String text) throws RefusedValueException;
}
