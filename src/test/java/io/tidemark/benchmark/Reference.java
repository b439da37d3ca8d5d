package io.tidemark.benchmark;

import java.nio.file.Path;
import java.sql.SQLException;

/** The same work done by the database's own means, as a person would script it. */
interface Reference {

    /** What it is, for the printed lines. */
    String name();

    /** Puts the earlier edition into an empty table; not measured. */
    void prepare(Path earlier) throws Exception;

    /** Loads the file over it; returns the seconds it took. */
    double load(Path file) throws Exception;

    /** How many rows the table has now. */
    long rows() throws SQLException;
}
