/**
 * The only JDBC: the pool, the dialects, the bridge's own tables, and the load of a stream's table.
 * Every statement is written out whole, every transaction is stated, every identifier is quoted by one function.
 */
@NullMarked
package io.tidemark.sql;

import org.jspecify.annotations.NullMarked;
