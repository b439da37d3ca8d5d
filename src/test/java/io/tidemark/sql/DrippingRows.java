package io.tidemark.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.csv.ContentInfo;
import io.tidemark.csv.CsvRecords;
import io.tidemark.csv.CsvText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** A file whose rows come one by one, each after a while. */
final class DrippingRows extends InputStream {
    private final IntFunction<String> row;
    private final int rows;
    private final Duration pause;
    private InputStream line;
    private int sent;
    private int marked;
    private Runnable then = () -> {};

    DrippingRows(String header, IntFunction<String> row, int rows, Duration pause) {
        this.line = new ByteArrayInputStream(header.getBytes(UTF_8));
        this.row = row;
        this.rows = rows;
        this.pause = pause;
    }

    /** Does something before a row is sent. */
    void before(int number, Runnable happening) {
        marked = number;
        then = happening;
    }

    /** How many rows have been sent. */
    int sent() {
        return sent;
    }

    CsvRecords records() {
        return CsvRecords.read(CsvText.open(this, ContentInfo.unknown("file 1")));
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = line.read(bytes, offset, length);
        if (count >= 0 || sent == rows) {
            return count;
        }
        sent++;
        await();
        if (sent == marked) {
            then.run();
        }
        line = new ByteArrayInputStream(row.apply(sent).getBytes(UTF_8));
        return line.read(bytes, offset, length);
    }

    private void await() throws IOException {
        try {
            new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
