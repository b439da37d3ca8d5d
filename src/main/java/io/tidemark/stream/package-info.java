/**
 * The state machine of a stream: windows, watermarks, cycles and the decisions between them.
 * Everything here is a value or a pure function; nothing here does I/O or reads a clock of its own.
 */
@NullMarked
package io.tidemark.stream;

import org.jspecify.annotations.NullMarked;
