package io.tidemark.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command has: the global options and a place to print to. */
abstract class TidemarkCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Override
    public abstract Integer call();

    /** The global options. */
    final CommandLineInterface root() {
        return (CommandLineInterface) spec.root().userObject();
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final void say(String line) {
        out().println(line);
        out().flush();
    }
}
