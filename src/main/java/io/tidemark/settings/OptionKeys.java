package io.tidemark.settings;

import io.tidemark.system.Option;
import java.util.List;

/** A system's own options as keys. Their values stay text: the system reads them. */
final class OptionKeys {
    private OptionKeys() {}

    static List<Key<String>> of(List<Option> options, String prefix) {
        return options.stream().map(option -> of(option, prefix)).toList();
    }

    private static Key<String> of(Option option, String prefix) {
        return new Key<>(
                prefix + option.name(),
                parser(option),
                option.required(),
                option.secret(),
                option.standard(),
                option.description());
    }

    private static Parser<String> parser(Option option) {
        if (option.secret()) {
            return Parsers::secret;
        }
        if (!option.choices().isEmpty()) {
            return Parsers.choice(option.choices());
        }
        return text -> {
            String value = Parsers.text(text);
            check(option.kind(), value);
            return value;
        };
    }

    private static void check(Option.Kind kind, String value) throws RefusedValueException {
        if (kind instanceof Option.Kind.Bool) {
            Parsers.trueOrFalse(value);
        } else if (kind instanceof Option.Kind.Whole limits) {
            Parsers.whole(value, limits.least(), limits.most());
        } else if (kind instanceof Option.Kind.WholeList limits) {
            for (String word : Parsers.list(value)) {
                wholeOfList(word, limits);
            }
        } else if (kind instanceof Option.Kind.TextList) {
            Parsers.list(value);
        } else if (kind instanceof Option.Kind.Time) {
            TimeParsers.instant(value);
        }
    }

    private static void wholeOfList(String word, Option.Kind.WholeList limits) throws RefusedValueException {
        try {
            Parsers.whole(word, limits.least(), limits.most());
        } catch (RefusedValueException refused) {
            throw new RefusedValueException(
                    "must be whole numbers from " + limits.least() + " to " + limits.most() + ", separated by commas");
        }
    }
}
