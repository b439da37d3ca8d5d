/**
 * Salesforce Account Engagement (Pardot): exports in versions 3, 4 and 5 of its Export API, and prospects one by one.
 */
@NullMarked
package io.tidemark.system.accountengagement;

import org.jspecify.annotations.NullMarked;
