package io.tidemark.sandbox;

import java.net.URI;
import java.util.Map;

/** A pretended system that is running. */
public interface PretendedSystem extends AutoCloseable {

    /** The name of the system, as in {@code tidemark.sources.S.system}. */
    String system();

    /** The address of its API. */
    URI baseUrl();

    /** The address of its remote control: switches, faults, edits, what was asked of it. */
    URI controlUrl();

    /** What a source needs besides system and base URL, by key, in order; nothing of it is a secret of anybody's. */
    Map<String, String> options();

    /** Ends every connection. Closing again does nothing. */
    @Override
    void close();
}
