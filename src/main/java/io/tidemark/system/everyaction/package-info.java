/**
 * EveryAction and NGP VAN, API version 4: changed entity export jobs.
 * See <a href="https://docs.everyaction.com/reference/changed-entities-overview">the vendor's overview</a>.
 */
@NullMarked
package io.tidemark.system.everyaction;

import org.jspecify.annotations.NullMarked;
