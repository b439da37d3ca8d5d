/**
 * The benchmark: the product beside a reference, in one run on one database. Run by its own command, never by the tests.
 */
@NullMarked
package io.tidemark.benchmark;

import org.jspecify.annotations.NullMarked;
