/**
 * A pretended MPDX: contacts, people, exports, the feed of deleted records, and every doubt about them as a switch.
 * Built from what is known of the vendor, never from the adapter.
 */
@NullMarked
package io.tidemark.sandbox.mpdx;

import org.jspecify.annotations.NullMarked;
