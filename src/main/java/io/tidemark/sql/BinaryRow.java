package io.tidemark.sql;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** Numbers and texts in network order through one buffer. */
final class BinaryRow {
    private static final int SIZE = 1 << 16;
    private static final int MOST_BYTES_A_CHAR = 3;

    private final Sink sink;
    private final byte[] buffer = new byte[SIZE];
    private int length;

    BinaryRow(Sink sink) {
        this.sink = sink;
    }

    /** Where full buffers go; the bytes are the receiver's until it returns. */
    @FunctionalInterface
    interface Sink {
        void write(byte[] bytes, int offset, int length) throws SQLException;
    }

    void int8(int value) throws SQLException {
        room(1);
        buffer[length++] = (byte) value;
    }

    void int16(int value) throws SQLException {
        room(2);
        buffer[length++] = (byte) (value >> 8);
        buffer[length++] = (byte) value;
    }

    void int32(int value) throws SQLException {
        room(4);
        put32(length, value);
        length += 4;
    }

    void int64(long value) throws SQLException {
        room(8);
        put32(length, (int) (value >> 32));
        put32(length + 4, (int) value);
        length += 8;
    }

    void bytes(byte[] value) throws SQLException {
        if (value.length > SIZE) {
            flush();
            sink.write(value, 0, value.length);
            return;
        }
        room(value.length);
        System.arraycopy(value, 0, buffer, length, value.length);
        length += value.length;
    }

    /** A text in UTF-8 behind its length in bytes. */
    void text(String text) throws SQLException {
        int most = text.length() * MOST_BYTES_A_CHAR + 4;
        if (most > SIZE) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int32(bytes.length);
            bytes(bytes);
            return;
        }
        room(most);
        int start = length;
        length += 4;
        encode(text);
        put32(start, length - start - 4);
    }

    private void encode(String text) {
        byte[] bytes = buffer;
        int at = length;
        int end = text.length();
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes[at++] = (byte) c;
            } else if (c < 0x800) {
                bytes[at++] = (byte) (0xC0 | (c >> 6));
                bytes[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isSurrogate(c)) {
                length = at;
                surrogates(text.substring(i));
                return;
            } else {
                bytes[at++] = (byte) (0xE0 | (c >> 12));
                bytes[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                bytes[at++] = (byte) (0x80 | (c & 0x3F));
            }
        }
        length = at;
    }

    /** The rare rest of a text, from its first character beyond the basic plane. */
    private void surrogates(String rest) {
        byte[] bytes = rest.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    private void put32(int at, int value) {
        buffer[at] = (byte) (value >> 24);
        buffer[at + 1] = (byte) (value >> 16);
        buffer[at + 2] = (byte) (value >> 8);
        buffer[at + 3] = (byte) value;
    }

    private void room(int bytes) throws SQLException {
        if (SIZE - length < bytes) {
            flush();
        }
    }

    void flush() throws SQLException {
        if (length > 0) {
            sink.write(buffer, 0, length);
            length = 0;
        }
    }
}
