package io.tidemark.route;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * Ends a request whose answer has not begun in time. The client's own limit starts anew with every byte, so a server that
 * sends its head one byte at a time would hold a worker for hours.
 */
final class HeadLimit implements ExecChainHandler {
    private static final ScheduledThreadPoolExecutor WATCH = watch();

    private final Duration limit;

    HeadLimit(Duration limit) {
        this.limit = limit;
    }

    /** What has begun in time is forgotten at once. */
    private static ScheduledThreadPoolExecutor watch() {
        var watch = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "tidemark-head-limit");
            thread.setDaemon(true);
            return thread;
        });
        watch.setRemoveOnCancelPolicy(true);
        return watch;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        var late = new AtomicBoolean();
        ScheduledFuture<?> end = WATCH.schedule(() -> cancel(scope, late), limit.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return chain.proceed(request, scope);
        } catch (IOException failed) {
            throw late.get() ? late(failed) : failed;
        } finally {
            end.cancel(false);
        }
    }

    private static void cancel(ExecChain.Scope scope, AtomicBoolean late) {
        late.set(true);
        if (scope.execRuntime instanceof Cancellable running) {
            running.cancel();
        }
    }

    private IOException late(IOException failed) {
        var words = new InterruptedIOException("the answer had not begun after " + limit);
        words.initCause(failed);
        return words;
    }
}
