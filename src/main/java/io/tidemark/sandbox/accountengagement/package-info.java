/**
 * A pretended Account Engagement (once Pardot) for tests and for people who try things out, built from the vendor's
 * documents with a switch for every doubt. It knows nothing of the product.
 */
@NullMarked
package io.tidemark.sandbox.accountengagement;

import org.jspecify.annotations.NullMarked;
