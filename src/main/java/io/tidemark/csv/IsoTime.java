package io.tidemark.csv;

/**
 * Takes an ISO date or date-time apart without making anything. Accepted are {@code yyyy-MM-dd}, then {@code T} or a space
 * and {@code HH:mm}, {@code :ss}, a fraction of 1 to 9 digits, then {@code Z}, {@code +hh}, {@code +hhmm} or {@code
 * +hh:mm}, which a space may precede. For one thread.
 */
final class IsoTime {

    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int MOST_OFFSET = 18 * 3600;

    int year;
    int month;
    int day;
    int secondOfDay;
    /** Truncated to the microsecond. */
    int nano;
    /** Whether a nanosecond was given that is not zero, truncated or not. */
    boolean fraction;

    boolean dateOnly;
    boolean zoned;
    int offset;

    private String text = "";
    private int at;
    private int end;

    /** False if the text is no time of the years 0001 to 9999. */
    boolean read(String cell) {
        text = cell;
        at = 0;
        end = cell.length();
        while (at < end && cell.charAt(at) == ' ') {
            at++;
        }
        while (end > at && cell.charAt(end - 1) == ' ') {
            end--;
        }
        secondOfDay = 0;
        nano = 0;
        fraction = false;
        zoned = false;
        offset = 0;
        if (!date()) {
            return false;
        }
        dateOnly = at == end;
        return dateOnly || (time() && zone() && at == end);
    }

    private boolean date() {
        year = digits(4);
        if (year < 1 || !take('-')) {
            return false;
        }
        month = digits(2);
        if (month < 1 || month > 12 || !take('-')) {
            return false;
        }
        day = digits(2);
        boolean leap = month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return day >= 1 && day <= DAYS[month - 1] + (leap ? 1 : 0);
    }

    private boolean time() {
        if (!take('T') && !take(' ')) {
            return false;
        }
        int hour = digits(2);
        if (hour < 0 || hour > 23 || !take(':')) {
            return false;
        }
        int minute = digits(2);
        if (minute < 0 || minute > 59) {
            return false;
        }
        int second = 0;
        if (take(':')) {
            second = digits(2);
            if (second < 0 || second > 59 || (take('.') && !nanos())) {
                return false;
            }
        }
        secondOfDay = hour * 3600 + minute * 60 + second;
        return true;
    }

    private boolean nanos() {
        int value = 0;
        int count = 0;
        while (at < end && count < 10 && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            int digit = text.charAt(at++) - '0';
            fraction |= digit != 0;
            if (++count <= 6) {
                value = value * 10 + digit;
            }
        }
        for (int i = count; i < 6; i++) {
            value *= 10;
        }
        nano = value * 1000;
        return count >= 1 && count <= 9;
    }

    private boolean zone() {
        if (at == end) {
            return true;
        }
        take(' ');
        zoned = true;
        if (take('Z')) {
            return true;
        }
        boolean west = take('-');
        if (!west && !take('+')) {
            return false;
        }
        int hours = digits(2);
        int minutes = 0;
        if (at < end) {
            take(':');
            minutes = digits(2);
        }
        int seconds = hours * 3600 + minutes * 60;
        offset = west ? -seconds : seconds;
        return hours >= 0 && minutes >= 0 && minutes <= 59 && seconds <= MOST_OFFSET;
    }

    private boolean take(char c) {
        if (at < end && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    /** So many digits, or -1. */
    private int digits(int count) {
        if (at + count > end) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < count; i++) {
            int digit = text.charAt(at++) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
