package io.tidemark.sandbox.mpdx;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often somebody gives: a number of months in documents, words in files. */
final class Frequency {
    static final Map<String, String> WORDS = words();

    private Frequency() {}

    /** Empty for a number that has no words. */
    static String word(String number) {
        BigDecimal given = new BigDecimal(number);
        return WORDS.entrySet().stream()
                .filter(entry -> new BigDecimal(entry.getKey()).compareTo(given) == 0)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("0.23076923076923", "Weekly");
        words.put("0.46153846153846", "Every 2 Weeks");
        words.put("1.0", "Monthly");
        words.put("2.0", "Every 2 Months");
        words.put("3.0", "Quarterly");
        words.put("4.0", "Every 4 Months");
        words.put("6.0", "Every 6 Months");
        words.put("12.0", "Annual");
        words.put("24.0", "Every 2 Years");
        return words;
    }
}
