package io.tidemark.system.accountengagement;

import java.util.Arrays;
import java.util.List;

/**
 * What chooses the records of an export. Each object has its own.
 *
 * @see <a href="https://developer.salesforce.com/docs/marketing/pardot/guide/export-v5.html">Procedures</a>
 */
enum AccountEngagementProcedure {
    CREATED("created", "deleted"),
    UPDATED("updated", "deleted"),
    ACTIVITY("activity", "deleted"),
    PROSPECT_UPDATED("prospect_updated", "prospect_deleted");

    /** What the names of its arguments begin with. */
    private final String stem;

    private final String deletedArgument;

    AccountEngagementProcedure(String stem, String deletedArgument) {
        this.stem = stem;
        this.deletedArgument = deletedArgument;
    }

    static List<String> words() {
        return Arrays.stream(values()).map(AccountEngagementProcedure::word).toList();
    }

    /** In the configuration. */
    String word() {
        return stem.replace('_', '-');
    }

    /** The vendor's name of it, as far as known. */
    String vendorName() {
        return "filter_by_" + stem + "_at";
    }

    String after() {
        return stem + "_after";
    }

    String before() {
        return stem + "_before";
    }

    String deletedArgument() {
        return deletedArgument;
    }
}
