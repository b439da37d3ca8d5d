package io.tidemark.sql;

import java.util.List;

/** Where a load's rows wait until they are merged. For one thread, like the load. */
interface Staging {

    TableName table();

    /** Makes sure that it is empty: before the first row, and after the end. */
    void empty();

    /** Makes it ready for rows of these columns. */
    void expect(List<TargetColumn> columns);

    /** Runs the work in one transaction of a session that sees the staged rows. */
    <T> T inTransaction(Database.Work<T> work);
}
