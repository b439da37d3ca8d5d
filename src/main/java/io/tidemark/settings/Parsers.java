package io.tidemark.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How plain values are written. */
final class Parsers {
    static final String NAME = "[a-z][a-z0-9-]{0,30}";

    private Parsers() {}

    static String text(String text) throws RefusedValueException {
        if (text.isBlank()) {
            throw new RefusedValueException("has no value; give one or remove the line");
        }
        return text.strip();
    }

    /** A secret is taken as it is; blanks around it come from pasting and belong to no key. */
    static String secret(String text) throws RefusedValueException {
        if (text.isBlank()) {
            throw new RefusedValueException("has no value; give one or remove the line");
        }
        if (!text.equals(text.strip()) || text.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedValueException("must be one line without blanks around it");
        }
        return text;
    }

    /** A password may be anything. */
    static String password(String text) {
        return text;
    }

    static boolean trueOrFalse(String text) throws RefusedValueException {
        return oneOf(Map.of("true", true, "false", false), List.of("true", "false"), text);
    }

    static boolean onOrOff(String text) throws RefusedValueException {
        return oneOf(Map.of("on", true, "off", false), List.of("on", "off"), text);
    }

    static Parser<Boolean> onlyTrue() {
        return text -> {
            if (!text.strip().equals("true")) {
                throw new RefusedValueException("must be true; remove the line of a field that is not to be written");
            }
            return true;
        };
    }

    static <E extends Enum<E>> Parser<E> choice(Class<E> type) {
        var choices = new LinkedHashMap<String, E>();
        Stream.of(type.getEnumConstants()).forEach(choice -> choices.put(StreamSettings.word(choice), choice));
        return text -> oneOf(choices, choices.keySet(), text);
    }

    static Parser<String> choice(Collection<String> choices) {
        return text -> {
            if (!choices.contains(text.strip())) {
                throw new RefusedValueException(mustBeOneOf(choices, text));
            }
            return text.strip();
        };
    }

    private static <T> T oneOf(Map<String, T> choices, Collection<String> words, String text)
            throws RefusedValueException {
        T choice = choices.get(text.strip());
        if (choice == null) {
            throw new RefusedValueException(mustBeOneOf(words, text));
        }
        return choice;
    }

    static String mustBeOneOf(Collection<String> choices, String text) {
        return "must be one of " + String.join(", ", choices)
                + Nearest.hint(text.strip().toLowerCase(Locale.ROOT), choices);
    }

    static Parser<Integer> whole(int least, int most) {
        return text -> (int) whole(text, least, most);
    }

    static long whole(String text, long least, long most) throws RefusedValueException {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // refused below
        }
        throw new RefusedValueException("must be a whole number from " + least + " to " + most);
    }

    /** A number above 0, at most the limit. */
    static Parser<Double> positive(int most) {
        return text -> positive(text, most, "must be a number above 0, at most " + most);
    }

    static double positive(String text, int most, String message) throws RefusedValueException {
        if (text.strip().matches("[0-9]{1,6}(\\.[0-9]{1,6})?")) {
            double number = Double.parseDouble(text.strip());
            if (number > 0 && number <= most) {
                return number;
            }
        }
        throw new RefusedValueException(message);
    }

    /** Words separated by commas, none twice. */
    static List<String> list(String text) throws RefusedValueException {
        var words = new LinkedHashSet<String>();
        for (String word : text.split(",", -1)) {
            if (word.isBlank()) {
                throw new RefusedValueException("must be a list separated by commas, without an empty place");
            }
            if (!words.add(word.strip())) {
                throw new RefusedValueException("names " + word.strip() + " twice");
            }
        }
        return List.copyOf(words);
    }

    /** An address that paths are put after: without query and account, and without a slash at its end. */
    static URI address(String text) throws RefusedValueException {
        URI address = http(text, "must be an address such as https://api.example.org/v4, without account and query");
        String path = address.getRawPath();
        return path.endsWith("/") ? URI.create(address.toString().replaceFirst("/+$", "")) : address;
    }

    static List<URI> origins(String text) throws RefusedValueException {
        String message = "must be a list of origins such as https://files.example.org";
        var origins = new ArrayList<URI>();
        for (String word : list(text)) {
            URI origin = http(word, message);
            if (!origin.getRawPath().isEmpty()) {
                throw new RefusedValueException(message);
            }
            origins.add(origin);
        }
        return List.copyOf(origins);
    }

    private static URI http(String text, String message) throws RefusedValueException {
        try {
            var address = new URI(text.strip());
            boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            if (web
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null) {
                return address;
            }
        } catch (URISyntaxException notAnAddress) {
            // refused below
        }
        throw new RefusedValueException(message);
    }
}
