package io.tidemark.sandbox.rebilly;

import java.util.function.Supplier;

/**
 * What an export gave.
 *
 * @param published whether there is a file at all
 * @param signer gives a new signed link, path and query, each time it is asked
 */
record ExportedFile(String id, String name, long records, boolean published, Supplier<String> signer) {
    String sign() {
        return signer.get();
    }
}
