package io.tidemark.system.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.system.ApiException;
import io.tidemark.system.ExportPages.Page;
import io.tidemark.system.Step;
import io.tidemark.system.answer.Sweep.Swept;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A list whose records sort alike, read by pages. */
final class SweepTest {
    private final List<String> asked = new ArrayList<>();

    @Test
    void passes_are_repeated_until_as_many_records_are_seen_as_are_counted() {
        Set<String> seen = rows("4:a b", "4:b c", "4:c d", "4:a d");
        assertThat(seen).containsExactly("a", "b", "c", "d");
        assertThat(asked).containsExactly("1 0", "2 2", "1 0", "2 2");
    }

    @Test
    void what_was_seen_of_another_number_of_records_proves_nothing() {
        assertThat(rows("3:a b", "2:c", "2:a c")).containsExactly("a", "b", "c");
        assertThat(asked).containsExactly("1 0", "2 2", "1 0");
    }

    @Test
    void a_pass_is_over_where_nothing_more_is_shown_however_many_are_counted() {
        assertThat(rows("2:a", "2:", "2:b")).containsExactly("a", "b");
        assertThat(asked).containsExactly("1 0", "2 1", "1 0", "2 1");
    }

    @Test
    void a_list_that_never_shows_all_is_given_up_for_now() {
        assertThatExceptionOfType(ApiException.RetryLater.class)
                .isThrownBy(() -> rows("2:a"))
                .withMessage("Somebody counts 2 records and showed 1 of them in 20 passes");
        assertThat(asked).hasSizeLessThanOrEqualTo(40);
    }

    @Test
    void the_page_behind_comes_when_all_were_seen() {
        Page last = new Page(List.of("id"), List.of(), Optional.empty());
        Sweep sweep = new Sweep(
                "", List.of("id"), (number, before) -> Step.done(swept("1:a")), Optional.of(() -> Step.done(last)));
        Page first = ((Step.Done<Page>) sweep.first()).result();
        assertThat(first.next().map(Supplier::get)).contains(Step.done(last));
    }

    /** The ids of all rows, where the answers are given one after another and the last of them for ever. */
    private Set<String> rows(String... answers) {
        Sweep sweep = new Sweep(
                "Somebody counts %d records",
                List.of("id"),
                (number, before) -> {
                    asked.add(number + " " + before);
                    return Step.done(swept(answers[Math.min(asked.size(), answers.length) - 1]));
                },
                Optional.empty());
        var rows = new LinkedHashSet<String>();
        Optional<Supplier<Step<Page>>> next = Optional.of(sweep::first);
        while (next.isPresent()) {
            Page page = ((Step.Done<Page>) next.get().get()).result();
            page.rows().forEach(row -> rows.add(String.valueOf(row.get(0))));
            next = page.next();
        }
        return rows;
    }

    /** Such as {@code 3:a b}, two of three records. */
    private static Swept swept(String answer) {
        String[] sides = answer.split(":", -1);
        List<String> ids = Arrays.stream(sides[1].split(" ", -1))
                .filter(id -> !id.isEmpty())
                .toList();
        return new Swept(ids, ids.stream().map(List::of).toList(), Long.parseLong(sides[0]));
    }
}
