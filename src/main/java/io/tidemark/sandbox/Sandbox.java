package io.tidemark.sandbox;

import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import java.net.URI;

/** A pretended system that somebody wants to try things out with. */
public final class Sandbox implements AutoCloseable {
    private final EveryActionSandbox running;

    private Sandbox(EveryActionSandbox running) {
        this.running = running;
    }

    /**
     * Starts a pretended system.
     *
     * @param port of the API, 0 for any free one
     * @throws IllegalArgumentException for a system there is no sandbox of, naming those there are
     */
    public static Sandbox start(String system, int port) {
        if (!system.equals("everyaction")) {
            throw new IllegalArgumentException("there is no sandbox named " + system + "; there is: everyaction");
        }
        return new Sandbox(
                EveryActionSandbox.start(EveryActionSandbox.Options.standard().ports(port, 0)));
    }

    public URI baseUrl() {
        return running.baseUrl();
    }

    /** What a person has to put into the configuration, in plain words. */
    public String description() {
        return """
                A pretended EveryAction is running. Put this into the configuration:
                  base URL          %s
                  application name  %s
                  key               %s
                  mode              %d
                What it can do besides: %s
                """.formatted(
                        baseUrl(),
                        running.user().applicationName(),
                        running.user().key(),
                        running.user().mode(),
                        running.controlUrl());
    }

    @Override
    public void close() {
        running.close();
    }
}
