/**
 * A pretended Rebilly: data exports with their files, customers, custom fields. Built from what the vendor publishes and
 * from nothing of the product's; where the vendor leaves open what happens, a switch decides.
 */
@NullMarked
package io.tidemark.sandbox.rebilly;

import org.jspecify.annotations.NullMarked;
