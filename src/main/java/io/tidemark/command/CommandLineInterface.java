package io.tidemark.command;

import io.tidemark.route.RoutesException;
import io.tidemark.settings.ConfigurationException;
import io.tidemark.settings.Problem;
import io.tidemark.sql.DatabaseException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The whole command line. Without a command it is the daemon. */
@Command(
        name = "tidemark",
        description = "Keeps tables in a SQL database and records in a SaaS system the same, continuously.",
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineInterface.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            SyncCommand.class,
            CheckCommand.class,
            StatusCommand.class,
            DescribeCommand.class,
            LoadCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            ResyncCommand.class,
            RejectsCommand.class,
            DeadLettersCommand.class,
            ConflictsCommand.class,
            ForgetCommand.class,
            UninstallCommand.class,
            SandboxCommand.class,
            DemoCommand.class
        })
public final class CommandLineInterface implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandLineInterface.class);

    /** Everything went as asked. */
    static final int OK = 0;
    /** It ran, and something is wrong with a stream. */
    static final int UNWELL = 1;
    /** It did not run: the configuration or the command line is wrong. */
    static final int UNUSABLE = 2;

    /** Where the routes are unless somebody names another folder. */
    static final Path ROUTES = Path.of("routes");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "application.properties",
            scope = ScopeType.INHERIT,
            description = "the configuration (default: ./application.properties)")
    Path config = Path.of("application.properties");

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            defaultValue = "routes",
            scope = ScopeType.INHERIT,
            description = "the folder of the routes (default: ./routes)")
    Path routes = ROUTES;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            scope = ScopeType.INHERIT,
            description = "sets a key, over every other place")
    Map<String, String> overrides = new LinkedHashMap<>();

    private CommandLineInterface() {}

    /** Runs a command and returns the exit status. */
    public static int run(String... args) {
        return run(
                new PrintWriter(System.out, true, Charset.defaultCharset()),
                new PrintWriter(System.err, true, Charset.defaultCharset()),
                args);
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        var root = new CommandLineInterface();
        CommandLine line = new CommandLine(root).setOut(out).setErr(err);
        line.setExecutionExceptionHandler(CommandLineInterface::explain);
        line.setExecutionStrategy(root::execute);
        line.registerConverter(Duration.class, CommandLineInterface::duration);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line.execute(args);
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException unknown) {
            throw new TypeConversionException("'" + text + "' is no length of time such as PT5M, PT1H or P1D");
        }
    }

    private int execute(ParseResult parsed) {
        if (!parsed.hasSubcommand() && !parsed.isUsageHelpRequested() && !parsed.isVersionHelpRequested()) {
            return runDaemon(parsed.commandSpec().commandLine(), parsed);
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private int runDaemon(CommandLine line, ParseResult parsed) {
        try {
            return RunCommand.run(this);
        } catch (RuntimeException failure) {
            return explain(failure, line, parsed);
        }
    }

    @Override
    public void run() {
        throw new IllegalStateException("the daemon is run by execute");
    }

    /** What stops a command is told in words; a stack trace is for what nobody foresaw. */
    private static int explain(Exception failure, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (failure instanceof ConfigurationException refused) {
            int count = refused.problems().size();
            err.println(
                    count == 1 ? "The configuration has a problem:" : "The configuration has " + count + " problems:");
            for (Problem problem : refused.problems()) {
                err.println("  " + problem.message());
            }
            return UNUSABLE;
        }
        if (LOG.isDebugEnabled()) {
            failure.printStackTrace(err);
        }
        if (failure instanceof UsageException
                || failure instanceof DatabaseException
                || failure instanceof RoutesException) {
            err.println(failure.getMessage());
            return UNUSABLE;
        }
        if (failure instanceof BusyException) {
            err.println(failure.getMessage());
            return UNWELL;
        }
        err.println("tidemark: " + failure + " (TIDEMARK_JAVA_OPTIONS=-Dtidemark.log=DEBUG shows the stack trace)");
        return UNWELL;
    }

    static String version() {
        return Optional.ofNullable(CommandLineInterface.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"tidemark " + version()};
        }
    }
}
