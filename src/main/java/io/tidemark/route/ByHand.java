package io.tidemark.route;

import io.tidemark.csv.ContentInfo;
import io.tidemark.csv.CsvRecords;
import io.tidemark.csv.CsvText;
import io.tidemark.sql.Load;
import io.tidemark.sql.Loader;
import io.tidemark.sql.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes files that a person exported by hand through the same parts as downloads. */
public final class ByHand {
    private static final Logger LOG = LoggerFactory.getLogger(ByHand.class);

    private final CamelContext context;
    private final Streams streams;
    private final Loader loader;
    private final Transforms transforms;
    private volatile @Nullable InputStream reading;
    private volatile boolean stopped;

    ByHand(CamelContext context, Streams streams, Loader loader, Transforms transforms) {
        this.context = context;
        this.streams = streams;
        this.loader = loader;
        this.transforms = transforms;
    }

    /** Opens a load with the stream's own transform. */
    public Load open(String stream, Target target, long cycle) {
        ActiveStream active =
                streams.find(stream).orElseThrow(() -> new IllegalArgumentException("no stream " + stream));
        return loader.open(target, cycle, null, transforms.of(active));
    }

    /**
     * Stages a file, which may be compressed with gzip.
     *
     * @throws IOException if it cannot be read
     */
    public void stage(Load load, Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        Optional<String> encoding = name.endsWith(".gz") ? Optional.of("gzip") : Optional.empty();
        var info = new ContentInfo(name, Optional.empty(), encoding, OptionalLong.of(Files.size(file)), false);
        try (InputStream bytes = Files.newInputStream(file)) {
            reading = bytes;
            if (stopped) {
                throw new IOException("stopped");
            }
            CsvText text = CsvText.open(bytes, info);
            Exchange done = context.createFluentProducerTemplate()
                    .to("direct:by-hand")
                    .withExchangeProperty("load", load)
                    .withExchangeProperty("text", text)
                    .withBody(text)
                    .send();
            rethrow(done.getException());
        }
    }

    /** Cuts off the file that is being staged, which then fails, and any after it. */
    public void stop() {
        stopped = true;
        InputStream bytes = reading;
        if (bytes != null) {
            try {
                bytes.close();
            } catch (IOException gone) {
                LOG.debug("the file is not read any more", gone);
            }
        }
    }

    private static void rethrow(@Nullable Exception failed) throws IOException {
        if (failed instanceof RuntimeException known) {
            throw known;
        }
        if (failed != null) {
            throw new IOException(Failures.words(failed), failed);
        }
    }

    /** Called by the route. */
    public void read(
            @ExchangeProperty("load") Load load, @ExchangeProperty("text") CsvText text, @Body Iterator<?> records) {
        load.stage(CsvRecords.of(text, records));
    }
}
