package io.tidemark.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is refused, for every reason at once. No message holds a secret. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ConfigurationException(List<Problem> problems) {
        super(problems.stream().map(Problem::message).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** At least one, in the order of the keys in the configuration. */
    public List<Problem> problems() {
        return problems;
    }
}
