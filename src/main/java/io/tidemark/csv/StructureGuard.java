package io.tidemark.csv;

/**
 * Watches the characters on their way to the parser: RFC 4180's structure, and limits that the parser lacks. An open
 * quote in a hostile file is noticed before the heap is full of it.
 */
final class StructureGuard {

    static final int MOST_FIELD = 1 << 20;
    static final int MOST_COLUMNS = 2_000;
    static final int MOST_RECORD = 4 << 20;

    private enum State {
        START,
        PLAIN,
        QUOTED,
        /** After a quote inside a quoted field: its end, or the first half of a doubled quote. */
        CLOSED
    }

    private final String file;
    private State state = State.START;
    private long position;
    private long carriageReturn = -2;
    private long line = 1;
    private long recordLine = 1;
    private long quoteLine = 1;
    private int column = 1;
    private int field;
    private int recordLength;
    private boolean lineEnd;

    StructureGuard(String file) {
        this.file = file;
    }

    /** Whether the last character was a line end. */
    boolean lineEnd() {
        return lineEnd;
    }

    void scan(char[] text, int from, int to) {
        if (from == to) {
            return;
        }
        long base = position - from;
        int i = from;
        while (i < to) {
            int start = i;
            switch (state) {
                case START -> i = start(text[i], i, base);
                case PLAIN -> {
                    while (i < to && !endsField(text[i])) {
                        i++;
                    }
                    grow(i - start, i - start);
                    if (i < to) {
                        endField(text[i], base + i);
                        i++;
                    }
                }
                case QUOTED -> {
                    char c = text[i];
                    while (c != '"') {
                        if (c <= '\r') {
                            countLine(c, base + i);
                        }
                        if (++i == to) {
                            break;
                        }
                        c = text[i];
                    }
                    grow(i - start, i - start);
                    if (i < to) {
                        grow(0, 1);
                        state = State.CLOSED;
                        i++;
                    }
                }
                case CLOSED -> {
                    char c = text[i++];
                    if (c == '"') {
                        grow(1, 1);
                        state = State.QUOTED;
                    } else if (endsField(c)) {
                        endField(c, base + i - 1);
                    } else {
                        throw broken("text after the closing quote of field " + column
                                + "; a quote inside a quoted field must be doubled");
                    }
                }
            }
        }
        position = base + to;
        char last = text[to - 1];
        lineEnd = last == '\n' || last == '\r';
    }

    void end() {
        if (state == State.QUOTED) {
            throw broken("the file ends inside the quoted field " + column + ", opened on line " + quoteLine
                    + "; the export is damaged or cut, ask for it again");
        }
    }

    private int start(char c, int i, long base) {
        if (c == '"') {
            state = State.QUOTED;
            quoteLine = line;
            grow(0, 1);
            return i + 1;
        }
        if (!endsField(c)) {
            state = State.PLAIN;
            return i;
        }
        endField(c, base + i);
        return i + 1;
    }

    private static boolean endsField(char c) {
        return c == ',' || c == '\n' || c == '\r';
    }

    private void endField(char c, long at) {
        state = State.START;
        field = 0;
        if (c == ',') {
            grow(0, 1);
            if (++column > MOST_COLUMNS) {
                throw broken("more than " + MOST_COLUMNS + " columns, which is the limit");
            }
            return;
        }
        countLine(c, at);
        column = 1;
        recordLength = 0;
        recordLine = line;
    }

    private void countLine(char c, long at) {
        if (c == '\r') {
            line++;
            carriageReturn = at;
        } else if (c == '\n' && carriageReturn != at - 1) {
            line++;
        }
    }

    private void grow(int characters, int length) {
        field += characters;
        recordLength += length;
        if (field > MOST_FIELD) {
            throw broken("field " + column + " has more than " + MOST_FIELD + " characters, which is the limit");
        }
        if (recordLength > MOST_RECORD) {
            throw broken("the record has more than " + MOST_RECORD + " characters, which is the limit");
        }
    }

    private CsvException broken(String reason) {
        return new CsvException(CsvException.Kind.BROKEN, file, recordLine, reason);
    }
}
