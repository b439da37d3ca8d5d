/**
 * The contract of a system: what a vendor's adapter is asked, and the closed set of things it can answer.
 * Adapters build requests and read answers; they do no I/O, keep no state between steps and hold no credentials in values.
 */
@NullMarked
package io.tidemark.system;

import org.jspecify.annotations.NullMarked;
