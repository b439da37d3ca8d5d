package io.tidemark.sandbox;

/** Answers requests, from several threads at once. */
@FunctionalInterface
public interface Handler {
    /** A {@link RefusedRequest} thrown here is answered with what it carries. */
    Response answer(Request request);
}
