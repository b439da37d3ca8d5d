package io.tidemark.command;

import java.nio.file.Path;

/** What to do when nothing is configured yet. */
final class FirstSteps {
    private FirstSteps() {}

    static String text(Path config) {
        return """
                There is no stream in %s, so there is nothing to keep in step yet. The next three steps:
                  1. Add a source: its system and its credentials, as the comments of that file show
                     (no account yet? 'tidemark demo' shows everything without one).
                  2. Run 'tidemark describe SOURCE' and paste the stream it prints into the file.
                  3. Run 'tidemark check', then 'tidemark run'.""".formatted(config.toAbsolutePath().normalize());
    }
}
