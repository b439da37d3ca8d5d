package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/**
 * One step of a conversation with a vendor: either the next call to make, or the result. An adapter takes as many calls
 * for a result as the vendor needs; whoever drives the step makes each call and hands the answer to {@link Call#answer}.
 */
public sealed interface Step<T> {

    /** A call to make, and what its answer leads to. */
    record Call<T>(ApiRequest request, Function<ApiAnswer, Step<T>> then) implements Step<T> {
        public Call {
            requireNonNull(request, "request is null");
            requireNonNull(then, "then is null");
        }

        public Step<T> answer(ApiAnswer answer) {
            return then.apply(answer);
        }

        @Override
        public <R> Step<R> flatMap(Function<? super T, Step<R>> next) {
            return new Call<>(request, answer -> then.apply(answer).flatMap(next));
        }
    }

    /** The end of the conversation. */
    record Done<T>(T result) implements Step<T> {
        public Done {
            requireNonNull(result, "result is null");
        }

        @Override
        public <R> Step<R> flatMap(Function<? super T, Step<R>> next) {
            return next.apply(result);
        }
    }

    <R> Step<R> flatMap(Function<? super T, Step<R>> next);

    default <R> Step<R> map(Function<? super T, R> change) {
        return flatMap(result -> new Done<>(change.apply(result)));
    }

    static <T> Step<T> done(T result) {
        return new Done<>(result);
    }

    /** A call whose answer is the result, read by the given function. */
    static <T> Step<T> call(ApiRequest request, Function<ApiAnswer, T> reader) {
        return new Call<>(request, answer -> done(reader.apply(answer)));
    }
}
