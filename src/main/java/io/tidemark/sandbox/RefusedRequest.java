package io.tidemark.sandbox;

/** Ends the handling of a request with the answer it carries. */
public final class RefusedRequest extends RuntimeException {
    private final transient Response response;

    public RefusedRequest(Response response) {
        super("refused with status " + response.status());
        this.response = response;
    }

    public RefusedRequest(int status, String text) {
        this(Response.text(status, text));
    }

    public Response response() {
        return response;
    }
}
