/**
 * MPDX: contacts and people listed inside a window of their change times and written with the time of the version they
 * were made from, and the contacts' export as a file.
 */
@NullMarked
package io.tidemark.system.mpdx;

import org.jspecify.annotations.NullMarked;
