package io.tidemark.sql;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The database failed or refused. The message never holds row contents. */
public final class DatabaseException extends RuntimeException {
    /** PostgreSQL's and H2's word for a lock that could not be had in time. */
    private static final Set<String> LOCKED = Set.of("55P03", "HYT00");

    /** PostgreSQL's and H2's words for a right that is lacking. */
    private static final Set<String> DENIED = Set.of("42501", "90040", "90096");

    private static final long serialVersionUID = 1L;

    /**
     * Classes of SQL states that pass: connection lost, transaction rolled back, resources short, object in use,
     * operator's intervention, and H2's time-outs.
     */
    private static final Set<String> PASSING = Set.of("08", "40", "53", "55", "57", "HY");

    public DatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static DatabaseException of(SQLException failure) {
        return new DatabaseException(
                "the database refused (SQL state " + failure.getSQLState() + "): " + words(failure) + nextStep(failure),
                failure);
    }

    /** The end of a message about a right that the account lacks; empty for every other failure. */
    static String nextStep(SQLException failure) {
        return DENIED.contains(state(failure))
                ? ". The account lacks a right: 'tidemark check --ddl' prints the statements and grants for a DBA"
                : "";
    }

    /** Whether the same may succeed later without anybody doing anything. */
    public boolean retryable() {
        return getCause() instanceof SQLException failure
                && (PASSING.contains(head(state(failure)))
                        || failure instanceof SQLTransientException
                        || failure instanceof SQLRecoverableException);
    }

    /** Whether somebody else kept a row locked for too long. */
    boolean lockedOut() {
        return getCause() instanceof SQLException failure && LOCKED.contains(state(failure));
    }

    static String state(SQLException failure) {
        return String.valueOf(failure.getSQLState());
    }

    private static String head(String state) {
        return state.substring(0, Math.min(2, state.length()));
    }

    /**
     * The first line of the database's message, for the details below it may quote rows; of a message about a value only
     * its beginning, for the rest quotes it.
     */
    static String words(SQLException failure) {
        String line = String.valueOf(failure.getMessage()).lines().findFirst().orElse("no message");
        return switch (head(state(failure))) {
            case "22" -> upTo(line, ": ");
            case "23" -> upTo(upTo(line, " VALUES "), " ( /* key:");
            default -> line;
        };
    }

    private static String upTo(String line, String mark) {
        int at = line.indexOf(mark, line.startsWith("ERROR: ") ? "ERROR: ".length() : 0);
        return at < 0 ? line : line.substring(0, at);
    }
}
