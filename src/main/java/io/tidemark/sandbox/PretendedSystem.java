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

    /** Where the documents leave a doubt, which way it goes. */
    Switches switches();

    /** What goes wrong with requests to come. */
    Faults faults();

    /** What was asked of it. */
    RequestLog log();

    /** Forgets every record as if it had never been; exports stay. */
    void empty();

    /** Ends every connection. Closing again does nothing. */
    @Override
    void close();
}
