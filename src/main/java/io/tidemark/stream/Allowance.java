package io.tidemark.stream;

/** What a person let pass of a brake: once, and no more than these rows. */
public record Allowance(long deleted, long blanked) {

    public boolean covers(long toDelete, long toBlank) {
        return toDelete <= deleted && toBlank <= blanked;
    }

    /** As it is stored: {@code deleted blanked}. */
    public String text() {
        return deleted + " " + blanked;
    }

    public static Allowance of(String text) {
        String[] parts = text.split(" ", 2);
        return new Allowance(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }
}
