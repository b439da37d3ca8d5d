package io.tidemark.system.mpdx;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** A source's options, typed; the token is not among them. */
record MpdxSettings(
        String accountListId,
        String language,
        boolean idsAsArray,
        int perPage,
        boolean overwrite,
        boolean createDefaultPerson,
        int bulkMost) {

    MpdxSettings {
        requireNonNull(accountListId, "accountListId is null");
        requireNonNull(language, "language is null");
    }

    static MpdxSettings of(Map<String, String> options) {
        return new MpdxSettings(
                MpdxOptions.value(options, MpdxOptions.ACCOUNT_LIST_ID),
                MpdxOptions.value(options, MpdxOptions.LANGUAGE),
                MpdxOptions.value(options, MpdxOptions.IDS_FORM).equals("array"),
                Integer.parseInt(MpdxOptions.value(options, MpdxOptions.PER_PAGE)),
                MpdxOptions.flag(options, MpdxOptions.OVERWRITE),
                MpdxOptions.flag(options, MpdxOptions.CREATE_DEFAULT_PERSON),
                Integer.parseInt(MpdxOptions.value(options, MpdxOptions.BULK_MOST)));
    }
}
