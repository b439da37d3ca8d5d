/**
 * The commands: what a person types, and what is printed back.
 */
@NullMarked
package io.tidemark.command;

import org.jspecify.annotations.NullMarked;
