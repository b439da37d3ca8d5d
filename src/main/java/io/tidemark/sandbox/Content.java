package io.tidemark.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The body of a response: from memory, or streamed from disk. Can be opened more than once. */
public sealed interface Content {
    Content NONE = text("");

    long length() throws IOException;

    InputStream open() throws IOException;

    static Content text(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    static Content bytes(byte[] bytes) {
        return new Bytes(bytes);
    }

    static Content file(Path path) {
        return new FromDisk(path);
    }

    /** In memory. */
    final class Bytes implements Content {
        private final byte[] bytes;

        private Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }

    record FromDisk(Path path) implements Content {
        @Override
        public long length() throws IOException {
            return Files.size(path);
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(path);
        }
    }
}
