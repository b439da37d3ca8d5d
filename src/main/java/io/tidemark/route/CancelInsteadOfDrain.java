package io.tidemark.route;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Ends a request at once when its body is closed before its end. Left to itself the client reads the rest first, to keep
 * the connection: gigabytes, or for ever if the other side drips. Also ends a body that takes longer than the limit.
 */
final class CancelInsteadOfDrain implements ExecChainHandler {
    private final Duration limit;

    CancelInsteadOfDrain(Duration limit) {
        this.limit = limit;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ClassicHttpResponse response = chain.proceed(request, scope);
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            response.setEntity(new CancellingEntity(entity, scope.execRuntime, System.nanoTime() + limit.toNanos()));
        }
        return response;
    }

    private final class CancellingEntity extends HttpEntityWrapper {
        private final ExecRuntime connection;
        private final long deadline;

        CancellingEntity(HttpEntity entity, ExecRuntime connection, long deadline) {
            super(entity);
            this.connection = connection;
            this.deadline = deadline;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new CancellingStream(super.getContent(), connection, deadline);
        }
    }

    private final class CancellingStream extends FilterInputStream {
        private final ExecRuntime connection;
        private final long deadline;
        private boolean ended;

        CancellingStream(InputStream body, ExecRuntime connection, long deadline) {
            super(body);
            this.connection = connection;
            this.deadline = deadline;
        }

        @Override
        public int read() throws IOException {
            int next = in.read();
            noticed(next < 0);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            noticed(count < 0);
            return count;
        }

        private void noticed(boolean end) throws IOException {
            ended = ended || end;
            if (!end && System.nanoTime() > deadline) {
                throw new IOException("the answer took longer than " + limit);
            }
        }

        @Override
        public void close() throws IOException {
            if (ended) {
                in.close();
            } else {
                connection.discardEndpoint();
            }
        }
    }
}
