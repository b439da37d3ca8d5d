/**
 * The pretended EveryAction: export jobs, a file host, people and what is written back to them.
 */
@NullMarked
package io.tidemark.sandbox.everyaction;

import org.jspecify.annotations.NullMarked;
