/**
 * Tests of the routes and of what they call.
 */
@NullMarked
package io.tidemark.route;

import org.jspecify.annotations.NullMarked;
