package io.tidemark.system;

import java.time.Instant;
import java.util.Optional;

/** The export side of one stream. Like {@link Source}, it builds conversations and reads answers, and does no I/O. */
public interface Export {

    /** What can be asked for. */
    default ExportLimits limits() {
        return ExportLimits.NONE;
    }

    /** Where the stream's options let the first window start; empty where they do not say. */
    default Optional<Instant> from() {
        return Optional.empty();
    }

    /** Where the stream's options let windows end for good; empty for never. */
    default Optional<Instant> to() {
        return Optional.empty();
    }

    /** Whether the stream's options leave out what the bridge itself changed; empty where they do not say. */
    default Optional<Boolean> withoutOwnChanges() {
        return Optional.empty();
    }

    /** What the export will look like; refuses a resource, key or field that these credentials cannot see. */
    Step<Shape> shape();

    /**
     * Asks for an export. Not repeatable where the vendor cannot list jobs: a lost answer costs a second export. Where there
     * is no job at the vendor and the rows are read by calls, this makes none.
     *
     * <p>{@link ApiException.TooMuch} says that a shorter window would do.
     */
    Step<Requested> request(ExportRequest request);

    /**
     * Asks how a job stands, and for fresh links to its files. May be asked any number of times.
     *
     * @param request what the job was asked for with
     */
    Step<JobStatus> status(String jobId, ExportRequest request);

    /**
     * What the vendor says with an answer that came in place of a file, whatever its status; of its body only the beginning
     * may be there. Throws what is to be done about it.
     *
     * @return its words where the file is not to be had by this link any more; empty where it says nothing that is known
     */
    default Optional<String> noFile(ApiAnswer answer) {
        return Optional.empty();
    }

    /** Gives a job up that nobody waits for any more; empty where the vendor has no such call. */
    default Optional<Step<Boolean>> cancel(String jobId) {
        return Optional.empty();
    }

    /** Removes a job whose rows are in the table; empty where it is left to the vendor. */
    default Optional<Step<Boolean>> finished(String jobId) {
        return Optional.empty();
    }
}
