package io.tidemark.sandbox;

import java.time.Duration;

/** How a response is put on the wire: how its end is told, how much of it is sent, how fast, and how it ends. */
record Delivery(Framing framing, long atMost, boolean reset, Duration beforeHead, Duration betweenBytes) {
    static final Delivery PLAIN = new Delivery(Framing.LENGTH, Long.MAX_VALUE, false, Duration.ZERO, Duration.ZERO);

    enum Framing {
        /** by Content-Length */
        LENGTH,
        /** by the last chunk, which a cut leaves out */
        CHUNKED,
        /** by the end of the connection: a cut cannot be told from the end */
        CONNECTION
    }

    Delivery cut(Framing how, long bytes, boolean byReset) {
        return new Delivery(how, bytes, byReset, beforeHead, betweenBytes);
    }

    Delivery after(Duration pause) {
        return new Delivery(framing, atMost, reset, pause, betweenBytes);
    }

    Delivery dripping(Duration pause) {
        return new Delivery(framing, atMost, reset, beforeHead, pause);
    }
}
