/**
 * What people and monitors look at: the status of every stream, health and meters.
 */
@NullMarked
package io.tidemark.console;

import org.jspecify.annotations.NullMarked;
