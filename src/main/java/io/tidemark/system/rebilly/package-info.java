/**
 * Rebilly: data exports of its resources in, customers both ways.
 * Requests and answers only; like every adapter it makes no call itself.
 */
@NullMarked
package io.tidemark.system.rebilly;

import org.jspecify.annotations.NullMarked;
