package io.tidemark.system;

/** The export side of one stream. Like {@link Source}, it builds conversations and reads answers, and does no I/O. */
public interface Export {

    /** What the export will look like; refuses a resource, key or field that these credentials cannot see. */
    Step<Shape> shape();

    /** Asks for an export. Not repeatable where the vendor cannot list jobs: a lost answer costs a second export. */
    Step<Requested> request(ExportRequest request);

    /** Asks how a job stands, and for fresh links to its files. May be asked any number of times. */
    Step<JobStatus> status(String jobId);
}
