package io.tidemark.route;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What happens to a few records on both sides, and how the vendor behaves meanwhile.
 *
 * @param traits of the vendor where it happens
 * @param stream one of {@link World#STREAMS}, which differ in their rules
 * @param switches the vendor's positions by name
 * @param skew how far the vendor's clock is ahead
 */
record History(Traits traits, String stream, Map<String, String> switches, Duration skew, List<Deed> deeds) {

    /** One thing that happens, with words to tell of it. */
    record Deed(String words, Consumer<World> what) {
        @Override
        public String toString() {
            return words;
        }
    }

    @Override
    public String toString() {
        var lines = new StringBuilder(
                traits.system() + ", stream " + stream + ", vendor " + switches + ", ahead by " + skew);
        deeds.forEach(deed -> lines.append("\n  ").append(deed));
        return lines.toString();
    }
}
