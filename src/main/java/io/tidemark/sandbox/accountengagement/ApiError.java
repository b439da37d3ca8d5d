package io.tidemark.sandbox.accountengagement;

/** A refusal by the vendor's code; how it is put into an answer depends on the version that was called. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    ApiError(int code, String words) {
        super(words);
        this.code = code;
    }

    int code() {
        return code;
    }

    static ApiError badId(String id) {
        return new ApiError(3, "there is no prospect " + id);
    }

    static ApiError noAbility(Ability lacking) {
        return new ApiError(49, "access denied: the user lacks " + lacking);
    }

    static ApiError missing(String property) {
        return new ApiError(153, property + " is missing");
    }

    static ApiError invalid(String property, String why) {
        return new ApiError(154, property + " " + why);
    }

    static ApiError argument(String name, String why) {
        return new ApiError(177, "the argument " + name + " " + why);
    }

    static ApiError field(String name) {
        return new ApiError(180, "there is no field " + name);
    }

    static ApiError state(String why) {
        return new ApiError(178, why);
    }

    static ApiError badEmail() {
        return new ApiError(4, "the email address of the prospect is not valid");
    }

    static ApiError archived(long id) {
        return new ApiError(132, "prospect " + id + " is archived");
    }
}
