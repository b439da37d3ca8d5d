package io.tidemark.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The positions of a pretended system's switches. A change holds from the next request on. Safe for several threads. */
public final class Switches {
    private final Map<String, Switch<?>> known = new LinkedHashMap<>();
    private final Map<Switch<?>, Object> values = new ConcurrentHashMap<>();

    public Switches(List<Switch<?>> known) {
        known.forEach(each -> this.known.put(each.name(), each));
    }

    @SuppressWarnings("unchecked") // only set, which has the same T, puts anything in
    public <T> T get(Switch<T> which) {
        return (T) values.getOrDefault(which, which.initially());
    }

    public <T> Switches set(Switch<T> which, T value) {
        if (!known.containsKey(which.name())) {
            throw new IllegalArgumentException(unknown(which.name()));
        }
        values.put(which, value);
        return this;
    }

    /**
     * Sets all of these or none.
     *
     * @throws IllegalArgumentException for an unknown name or a value that is not valid, naming the valid ones
     */
    public void set(Map<String, String> texts) {
        Map<Switch<?>, Object> read = new LinkedHashMap<>();
        texts.forEach((name, text) -> {
            Switch<?> which = known.get(name);
            if (which == null) {
                throw new IllegalArgumentException(unknown(name));
            }
            read.put(which, which.read(text));
        });
        values.putAll(read);
    }

    public void reset() {
        values.clear();
    }

    public List<Switch<?>> all() {
        return List.copyOf(known.values());
    }

    /** The position of a switch as text, in the form that {@link #set(Map)} takes. */
    public <T> String text(Switch<T> which) {
        return which.write(get(which));
    }

    private String unknown(String name) {
        return "there is no switch named " + name + "; there are: " + String.join(", ", known.keySet());
    }
}
