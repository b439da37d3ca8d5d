package io.tidemark.sandbox.mpdx;

import java.time.Instant;
import java.util.Optional;

/** What is left of a deleted contact. */
record Deletion(String id, String contact, String accountList, Optional<String> by, Instant at) {}
