package io.tidemark.sandbox.accountengagement;

/** What a user of the business unit may do, as far as the pretended system looks. */
public enum Ability {
    EXTERNAL_ACTIVITY_VIEW,
    VISITORS_VIEW,
    LISTS_VIEW,
    PROSPECT_ACCOUNTS_VIEW,
    EXPORTS_VIEW,
    PROSPECTS_VIEW,
    PROSPECTS_CREATE,
    PROSPECTS_DELETE,
    PROSPECTS_IMPORT,
    CONFIGURE_FIELDS
}
