package io.tidemark.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The JDBC address of the target. */
final class DatabaseUrl {
    static final String STANDARD = "jdbc:h2:file:./data/tidemark";

    private static final String H2 = "jdbc:h2:";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final List<String> SUPPORTED = List.of(H2, POSTGRESQL);
    private static final List<String> LATER = List.of("jdbc:mariadb:", "jdbc:mysql:");
    private static final List<String> H2_ELSEWHERE = List.of("mem:", "tcp:", "ssl:");
    private static final Pattern H2_SCHEME = Pattern.compile("[a-z0-9]{2,}:.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern H2_MODE = Pattern.compile(";MODE=(?!REGULAR(;|$))", Pattern.CASE_INSENSITIVE);
    private static final Pattern H2_ACCOUNT = Pattern.compile(";(USER|PASSWORD)=", Pattern.CASE_INSENSITIVE);
    private static final Pattern USER = Pattern.compile("[?&]user=[^&]", Pattern.CASE_INSENSITIVE);
    private static final Pattern PASSWORD = Pattern.compile(
            "([?&;][^=&;]*(?:password|passwd|pwd|secret|token)[^=&;]*=)[^&;]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern USER_INFO = Pattern.compile("(//[^/?#:@]*:)[^/?#]*@");

    private DatabaseUrl() {}

    static String parse(String text) throws RefusedValueException {
        String lower = text.toLowerCase(Locale.ROOT);
        if (LATER.stream().anyMatch(lower::startsWith)) {
            throw new RefusedValueException(
                    "MariaDB and MySQL come with a later version; use jdbc:h2: or jdbc:postgresql:");
        }
        if (SUPPORTED.stream().noneMatch(text::startsWith)) {
            throw new RefusedValueException("must begin with jdbc:h2: or jdbc:postgresql:");
        }
        if (isH2(text)) {
            checkH2(text);
        }
        return text;
    }

    private static void checkH2(String text) throws RefusedValueException {
        String place = text.substring(H2.length());
        if (!isElsewhere(place)
                && !place.startsWith("file:")
                && H2_SCHEME.matcher(place).matches()) {
            throw new RefusedValueException("must be one of jdbc:h2:file:, jdbc:h2:mem:, jdbc:h2:tcp:, jdbc:h2:ssl:");
        }
        if (place.replaceFirst(";.*", "").replaceFirst("^file:", "").isEmpty()) {
            throw new RefusedValueException("names no file; use for example " + STANDARD);
        }
        if (H2_MODE.matcher(text).find()) {
            throw new RefusedValueException("H2 runs in its regular mode; leave MODE out");
        }
        if (H2_ACCOUNT.matcher(text).find()) {
            throw new RefusedValueException(
                    "leave USER and PASSWORD out; set tidemark.database.username and tidemark.database.password");
        }
    }

    static boolean isH2(String url) {
        return url.startsWith(H2);
    }

    /** Whether the address itself says who connects. */
    static boolean namesUser(String url) {
        return USER.matcher(url).find();
    }

    /**
     * The address as it is opened: an H2 file's path is absolute and the file shared between processes, so that commands
     * and SQL clients work beside the daemon. Other addresses stay as they are.
     */
    static String opened(String url, Path folder) {
        if (!isH2(url) || isElsewhere(url.substring(H2.length()))) {
            return url;
        }
        String place = url.substring(H2.length());
        int semicolon = place.indexOf(';');
        String file = (semicolon < 0 ? place : place.substring(0, semicolon)).replaceFirst("^file:", "");
        String settings = semicolon < 0 ? "" : place.substring(semicolon);
        boolean shared = settings.toUpperCase(Locale.ROOT).contains(";AUTO_SERVER=");
        return H2 + "file:" + absolute(file, folder) + settings + (shared ? "" : ";AUTO_SERVER=TRUE");
    }

    private static String absolute(String file, Path folder) {
        if (file.startsWith("~")) { // H2 puts the home folder there itself
            return file;
        }
        return folder.resolve(file).normalize().toString().replace('\\', '/');
    }

    private static boolean isElsewhere(String place) {
        return H2_ELSEWHERE.stream().anyMatch(place::startsWith);
    }

    /** Any text that may be an address, with the passwords in it masked. */
    static String masked(String url) {
        return USER_INFO.matcher(PASSWORD.matcher(url).replaceAll("$1****")).replaceAll("$1****@");
    }
}
