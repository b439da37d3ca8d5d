package io.tidemark;

import io.tidemark.command.CommandLineInterface;
import io.tidemark.settings.H2Address;

/** The program's entry. */
public final class Tidemark {
    private Tidemark() {}

    public static void main(String[] args) {
        H2Address.bindToLoopback();
        System.exit(CommandLineInterface.run(args));
    }
}
