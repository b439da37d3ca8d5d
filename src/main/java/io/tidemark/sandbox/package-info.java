/**
 * Pretended SaaS systems on the loopback address, for tests, benchmarks and people who try things out.
 * This package is the part every pretended system shares: the server, its faults, its switches, its request log.
 */
@NullMarked
package io.tidemark.sandbox;

import org.jspecify.annotations.NullMarked;
