/**
 * Tidemark keeps tables in a SQL database and records in a SaaS system the same, continuously.
 * This package is the way in: the commands, and the wiring of settings to everything else.
 */
@NullMarked
package io.tidemark;

import org.jspecify.annotations.NullMarked;
