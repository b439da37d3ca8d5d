/**
 * What the routes call, and the wiring that makes routes of settings: templates' instances, HTTP components, error policy.
 * The flow itself is in the YAML files of {@code routes/}; here is what a compiler or a test should check.
 */
@NullMarked
package io.tidemark.route;

import org.jspecify.annotations.NullMarked;
