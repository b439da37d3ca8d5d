package io.tidemark.settings;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake and the exact words for it, in {@code problems.txt}. */
class SettingsProblemsTest {

    @TempDir
    Path folder;

    record Case(String name, List<String> lines, List<String> problems) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyMistakeHasItsWords(Case mistake) {
        String content = String.join("\n", mistake.lines())
                .concat("\n")
                .replace("[source]\n", Configuration.SOURCE)
                .replace("[stream]\n", Configuration.STREAM);

        assertThat(new Configuration(folder).main(content).problems()).isEqualTo(mistake.problems());
    }

    static Stream<Case> cases() throws IOException {
        String text;
        try (var data = requireNonNull(SettingsProblemsTest.class.getResourceAsStream("problems.txt"))) {
            text = new String(data.readAllBytes(), StandardCharsets.UTF_8);
        }
        var cases = new ArrayList<Case>();
        for (String part : text.split("(?m)^== ", -1)) {
            List<String> lines = part.lines().filter(line -> !line.isBlank()).toList();
            int arrow = lines.indexOf("=>");
            if (arrow > 0) {
                cases.add(new Case(lines.get(0), lines.subList(1, arrow), lines.subList(arrow + 1, lines.size())));
            }
        }
        return cases.stream();
    }
}
