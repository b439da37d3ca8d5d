package io.tidemark.system.accountengagement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The rows that an import did not take: a file of what was sent, with further columns that say why.
 *
 * @param words what the vendor says, by the row's key
 * @param rows how many rows there are of which the key is known
 */
record AccountEngagementImportErrors(Map<String, String> words, int rows) {

    static final AccountEngagementImportErrors NONE = new AccountEngagementImportErrors(Map.of(), 0);

    AccountEngagementImportErrors {
        words = Map.copyOf(words);
    }

    /**
     * Reads the file.
     *
     * @param key the column of the key
     * @param sent the columns that can have been sent
     */
    static AccountEngagementImportErrors of(String file, String key, List<String> sent) {
        List<List<String>> records = AccountEngagementCsv.records(file);
        List<String> header = records.stream().findFirst().orElse(List.of()).stream()
                .map(AccountEngagementImportErrors::folded)
                .toList();
        int keys = header.indexOf(folded(key));
        if (keys < 0) {
            return NONE;
        }
        List<String> known =
                sent.stream().map(AccountEngagementImportErrors::folded).toList();
        var why = new ArrayList<Integer>();
        for (int column = 0; column < header.size(); column++) {
            if (!known.contains(header.get(column))) {
                why.add(column);
            }
        }
        var words = new LinkedHashMap<String, String>();
        int rows = 0;
        for (List<String> record : records.subList(1, records.size())) {
            if (keys < record.size() && !record.get(keys).isBlank()) {
                rows++;
                words.put(record.get(keys).strip(), joined(record, why));
            }
        }
        return new AccountEngagementImportErrors(words, rows);
    }

    private static String joined(List<String> record, List<Integer> columns) {
        return columns.stream()
                .filter(column -> column < record.size())
                .map(column -> record.get(column).strip())
                .filter(cell -> !cell.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
