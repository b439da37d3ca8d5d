/** How adapters read answers: lenient JSON within limits, the vendor's words on one bounded line, statuses as what to do next. */
@NullMarked
package io.tidemark.system.answer;

import org.jspecify.annotations.NullMarked;
