package io.tidemark.system.accountengagement;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.answer.Answers;
import io.tidemark.system.answer.Json;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A refusal in the vendor's own code. It may come with any status, 200 among them, and in three forms: the JSON of
 * version 5, the JSON of versions 3 and 4, and their XML.
 *
 * @param words what the vendor says, as it came
 * @see <a href="https://developer.salesforce.com/docs/marketing/pardot/guide/error-codes.html">Error codes</a>
 */
record AccountEngagementError(int code, String words) {

    private static final Pattern XML = Pattern.compile("<err\\s+code=[\"'](\\d{1,5})[\"'][^>]*>([^<]{0,1000})");
    private static final Answers PLAIN = new Answers("Account Engagement", "", (body, sent) -> List.of());

    AccountEngagementError {
        requireNonNull(words, "words is null");
    }

    static Optional<AccountEngagementError> in(ApiAnswer answer) {
        if (answer.body().stripLeading().startsWith("<")) {
            Matcher xml = XML.matcher(answer.body());
            return xml.find()
                    ? Optional.of(new AccountEngagementError(Integer.parseInt(xml.group(1)), xml.group(2)))
                    : Optional.empty();
        }
        return PLAIN.body(answer).flatMap(AccountEngagementError::in);
    }

    private static Optional<AccountEngagementError> in(Json body) {
        OptionalLong older = body.get("@attributes")
                .map(attributes -> attributes.whole("err_code"))
                .orElse(OptionalLong.empty());
        if (older.isPresent()) {
            return Optional.of(of(older.getAsLong(), body.text("err")));
        }
        OptionalLong code = body.whole("code");
        return code.isPresent() && body.holds("message")
                ? Optional.of(of(code.getAsLong(), body.text("message")))
                : Optional.empty();
    }

    private static AccountEngagementError of(long code, Optional<String> words) {
        return new AccountEngagementError((int) Math.min(code, Integer.MAX_VALUE), words.orElse(""));
    }

    boolean isOfToken() {
        return code == 184;
    }

    /** The user lacks an ability. */
    boolean isOfAbility() {
        return code == 49;
    }

    /** The record is not there, or lies in the recycle bin. */
    boolean saysGone() {
        return code == 3 || code == 132;
    }

    /** An export is in a state, or expired, in which the call makes no sense. */
    boolean isOfState() {
        return code == 178;
    }

    /** An import is in a state in which the call makes no sense. */
    boolean isOfImportState() {
        return code == 155 || code == 161 || code == 178;
    }

    /** No file was found in what was sent. */
    boolean isOfMissingFile() {
        return code == 158 || code == 162;
    }

    boolean isOfField() {
        return code == 180;
    }
}
