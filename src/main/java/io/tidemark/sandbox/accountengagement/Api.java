package io.tidemark.sandbox.accountengagement;

import io.tidemark.sandbox.Routes;

/** The calls of the pretended API, each with its place. */
record Api(Gate gate, Exports exports, Prospects prospects, Imports imports, Metadata metadata) {
    private static final String OLDER = "/api/export/version/{version}/do";
    private static final String FIVE = "/api/v5/exports";
    private static final String IMPORTS = "/api/v5/imports";
    private static final String PROSPECTS = "/api/v5/objects/prospects";

    Routes addTo(Routes routes) {
        exports(routes);
        downloads(routes);
        prospects(routes);
        imports(routes);
        return routes.on("GET", "/api/v5/objects/account", gate.five(metadata::account))
                .on("GET", "/api/v5/objects/custom-fields", gate.five(metadata::customFields));
    }

    Routes downloads(Routes routes) {
        return routes.on("GET", OLDER + "/downloadResults/id/{id}/file/{file}", gate.download(exports::download))
                .on("GET", FIVE + "/{id}/results/{file}", gate.download(exports::download));
    }

    private void exports(Routes routes) {
        routes.on("POST", OLDER + "/create", gate.versioned(exports::create))
                .on("GET", OLDER + "/read/id/{id}", gate.versioned(exports::read))
                .on("GET", OLDER + "/query", gate.versioned(exports::query))
                .on("POST", OLDER + "/cancel/id/{id}", gate.versioned(exports::cancel))
                .on("GET", OLDER + "/cancel/id/{id}", gate.versioned(exports::cancel))
                .on("POST", FIVE, gate.five(exports::create))
                .on("GET", FIVE, gate.five(exports::query))
                .on("GET", FIVE + "/{id}", gate.five(exports::read))
                .on("POST", FIVE + "/{id}/do/cancel", gate.five(exports::cancel));
    }

    private void prospects(Routes routes) {
        routes.on("GET", PROSPECTS, gate.five(prospects::query))
                .on("POST", PROSPECTS, gate.five(prospects::create))
                .on("GET", PROSPECTS + "/{id}", gate.five(prospects::read))
                .on("PATCH", PROSPECTS + "/{id}", gate.five(prospects::update))
                .on("DELETE", PROSPECTS + "/{id}", gate.five(prospects::delete))
                .on("POST", PROSPECTS + "/do/undelete", gate.five(prospects::undelete))
                .on("POST", PROSPECTS + "/do/upsertLatestByEmail", gate.five(prospects::upsert));
    }

    private void imports(Routes routes) {
        routes.on("POST", IMPORTS, gate.five(imports::create))
                .on("GET", IMPORTS + "/{id}", gate.five(imports::read))
                .on("PATCH", IMPORTS + "/{id}", gate.five(imports::submit))
                .on("POST", IMPORTS + "/{id}/batches", gate.five(imports::fill))
                .on("GET", IMPORTS + "/{id}/errors", gate.five(imports::errors))
                .on("POST", IMPORTS + "/{id}/do/cancel", gate.five(imports::cancel));
    }
}
