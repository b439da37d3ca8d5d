/**
 * Tests of the whole program as a process of its own: killed, stopped, starved, cut off from its database.
 */
@NullMarked
package io.tidemark.process;

import org.jspecify.annotations.NullMarked;
