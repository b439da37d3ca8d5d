/**
 * The configuration, typed: read once, every problem reported together, refused rather than repaired.
 */
@NullMarked
package io.tidemark.settings;

import org.jspecify.annotations.NullMarked;
