package io.tidemark.sandbox.accountengagement;

/** A way to choose the rows of an export. */
enum Procedure {
    CREATED("created", "createdAt"),
    UPDATED("updated", "updatedAt"),
    ACTIVITY("activity", "activityDate"),
    PROSPECT_UPDATED("prospect_updated", "updatedAt");

    /** What its two arguments begin with. */
    final String stem;

    /** The field whose time counts. */
    final String field;

    Procedure(String stem, String field) {
        this.stem = stem;
        this.field = field;
    }

    String deletedArgument() {
        return this == PROSPECT_UPDATED ? "prospect_deleted" : "deleted";
    }
}
