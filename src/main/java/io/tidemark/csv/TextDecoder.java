package io.tidemark.csv;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Optional;

/**
 * Characters out of bytes. A byte that is no part of a valid character becomes one lone surrogate, {@code U+DC00} plus
 * the byte: {@code U+DC80} to {@code U+DCFF} for UTF-8. Decoded text never holds a lone surrogate otherwise, so the cell
 * concerned can be found later.
 */
final class TextDecoder {

    private static final int BYTES = 1 << 16;

    private final InputStream bytes;
    private final ByteBuffer in = ByteBuffer.allocate(BYTES);
    private final CharsetDecoder decoder;
    private boolean ended;
    private boolean flushed;

    /** Reads as far as the byte order mark, which decides, and is dropped. */
    TextDecoder(InputStream bytes, Optional<Charset> declared) throws IOException {
        this.bytes = bytes;
        in.limit(0);
        while (in.remaining() < 3 && !ended) {
            fill();
        }
        this.decoder = charset(declared)
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** Decodes into the buffer until it is full, the bytes at hand are used up or the text ends; false at the end. */
    boolean read(CharBuffer out) throws IOException {
        int before = out.position();
        while (out.position() == before) {
            if (flushed) {
                return false;
            }
            if (decode(out)) {
                if (ended) {
                    decoder.flush(out);
                    flushed = true;
                } else {
                    fill();
                }
            }
        }
        return true;
    }

    /** True when more bytes are needed. */
    private boolean decode(CharBuffer out) {
        while (true) {
            CoderResult result = decoder.decode(in, out, ended);
            if (result.isUnderflow()) {
                return true;
            }
            if (result.isOverflow() || out.remaining() < result.length()) {
                return false;
            }
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (0xDC00 + (in.get() & 0xFF)));
            }
        }
    }

    private void fill() throws IOException {
        in.compact();
        int n = bytes.read(in.array(), in.position(), in.remaining());
        if (n < 0) {
            ended = true;
        } else {
            in.position(in.position() + n);
        }
        in.flip();
    }

    private Charset charset(Optional<Charset> declared) {
        if (startsWith(0xEF, 0xBB, 0xBF)) {
            return skip(3, UTF_8);
        }
        if (startsWith(0xFE, 0xFF)) {
            return skip(2, UTF_16BE);
        }
        if (startsWith(0xFF, 0xFE)) {
            return skip(2, UTF_16LE);
        }
        // without a mark, RFC 2781 reads UTF-16 with the high byte first
        return declared.map(charset -> charset.equals(UTF_16) ? UTF_16BE : charset)
                .orElse(UTF_8);
    }

    private boolean startsWith(int... mark) {
        if (in.remaining() < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((in.get(in.position() + i) & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private Charset skip(int count, Charset charset) {
        in.position(in.position() + count);
        return charset;
    }
}
