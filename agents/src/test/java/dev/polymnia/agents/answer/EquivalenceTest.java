package dev.polymnia.agents.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.testkit.HostileTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class EquivalenceTest {
    private static final List<String> QUESTIONS =
            List.of(
                    "",
                    "What percentage is left?",
                    "What is the ratio of boys to girls?",
                    "Find all solutions in interval notation.",
                    "Find all solutions.",
                    "How many hours did it take?",
                    "How many cents are $5?",
                    "What is it to 3 significant figures?",
                    "What is it as a percentage to the nearest tenth?",
                    "What fraction is left?",
                    "Which one? (A) Paris (B) 31 (C) 2/3 (D) yes",
                    "Is that true or false, or can it not be determined?");

    static List<Arguments> pairs() {
        List<Arguments> pairs = new ArrayList<>();
        for (String line : (NumberPairs.TABLE + FormPairs.TABLE).lines().toList()) {
            int arrow = line.lastIndexOf("=>");
            String[] parts = line.substring(0, arrow).split("\\|", -1);
            assertThat(parts).as(line).hasSize(3);
            pairs.add(
                    Arguments.of(
                            parts[0].strip().replace("\\n", "\n"),
                            parts[1].strip(),
                            parts[2].strip(),
                            line.substring(arrow + 2).strip()));
        }
        return pairs;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void answers_agree_or_do_not(String question, String one, String other, String verdict) {
        Equivalence equivalence = Equivalence.of(question);
        String first = equivalence.key(one);
        String second = equivalence.key(other);

        assertThat(first.equals(second) ? "same" : "different")
                .as("%s: <%s> is <%s>, <%s> is <%s>", question, one, first, other, second)
                .isEqualTo(verdict);
        assertThat(equivalence.key(first)).isEqualTo(first);
        assertThat(equivalence.key(second)).isEqualTo(second);
    }

    @Test
    void there_are_enough_pairs_and_no_pair_twice() {
        assertThat(pairs().stream().map(pair -> List.of(pair.get()).subList(0, 3)).distinct())
                .hasSameSizeAs(pairs())
                .hasSizeGreaterThanOrEqualTo(300);
    }

    @Test
    void the_key_of_a_key_is_itself() {
        List<String> pieces = new ArrayList<>();
        pairs().forEach(pair -> pieces.add((String) pair.get()[1]));
        pieces.addAll(
                List.of(
                        ", ",
                        " and ",
                        " or ",
                        "-",
                        "(",
                        ")",
                        "[",
                        "]",
                        "{",
                        "}",
                        "<",
                        "≤",
                        ">=",
                        "x",
                        ":",
                        " to ",
                        "%",
                        " hours",
                        " cents",
                        "$",
                        "0.",
                        "e9",
                        "√",
                        "^",
                        "∪",
                        "∞",
                        "\ud83d\ude00",
                        "\ud800",
                        "999999999",
                        "1/7",
                        "unknown",
                        "the "));
        Random random = new Random(20260301);
        for (int i = 0; i < 20_000; i++) {
            Equivalence equivalence =
                    Equivalence.of(QUESTIONS.get(random.nextInt(QUESTIONS.size())));
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(4); j >= 0; j--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
                text.append(random.nextBoolean() ? " " : "");
            }
            String key = equivalence.key(text.toString());

            assertThat(equivalence.key(key)).as("of <%s>", text).isEqualTo(key);
        }
    }

    @Test
    void numbers_agree_when_they_agree_in_two_decimals_and_three_digits() {
        Random random = new Random(11);
        Equivalence equivalence = Equivalence.of("");
        for (int i = 0; i < 20_000; i++) {
            int number = 101 + random.nextInt(899);
            int places = random.nextInt(5);
            String written = Rational.of(number).times(Rational.powerOfTen(-places)).toString();
            String off = random.nextBoolean() ? "" : "-";
            // A number of three digits is a point of the grid; a tenth of its last digit is not.
            Rational near =
                    Rational.of(10L * number + random.nextInt(9) - 4)
                            .times(Rational.powerOfTen(-places - 1));

            boolean same = places >= 2 || near.toString().equals(written);
            assertThat(equivalence.key(off + near).equals(equivalence.key(off + written)))
                    .as("%s%s and %s%s", off, near, off, written)
                    .isEqualTo(same);
        }
    }

    static List<String> hostile() {
        return HostileTexts.all();
    }

    @Timeout(60) // what a pattern that backtracks would take for ever for
    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    void no_text_breaks_it(String text) {
        for (String question : QUESTIONS) {
            String key = Equivalence.of(question).key(text);
            assertThat(key).hasSizeLessThanOrEqualTo(Canonical.LONGEST);
            assertThat(Equivalence.of(question).key(key)).isEqualTo(key);
        }
        assertThat(Equivalence.of(text).key("31")).isNotEmpty();
        assertThat(new AnswerReader("Answer:", text).read(text)).isNotNull();
    }

    @Test
    void two_patterns_that_match_do_not_depend_on_chance() {
        String question = "What percent of the distance of 60 miles is left?";

        assertThat(Equivalence.of(question).key("25%")).isEqualTo("25");
        assertThat(Equivalence.of(question).key("25 miles")).isEqualTo("25 mile");
    }
}
