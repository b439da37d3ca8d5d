/**
 * Local changes and how they meet what comes from the vendor: the outbox's records, the three-way merge and the rules of
 * conflict. No I/O.
 */
@NullMarked
package io.tidemark.change;

import org.jspecify.annotations.NullMarked;
