package dev.polymnia.agents.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NoAnswerTest {
    private static final String RECKONING =
            "How many are left? If that cannot be determined, say so.";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cannot be determined",
                "It cannot be determined from the information given.",
                "The answer can't be determined.",
                "Not enough information",
                "There is not enough information to tell.",
                "Insufficient information",
                "We don't know",
                "I do not know.",
                "Unknown",
                "N/A",
                "Not given",
                "It is impossible to tell.",
                "Unable to determine",
                "We do not have enough information.",
            })
    void saying_that_there_is_none_is_told(String words) {
        assertThat(Equivalence.of("").key(words)).isEqualTo(NoAnswer.KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "none",
                "no solution",
                "undefined",
                "does not exist",
                "impossible",
                "don't tell anyone",
                "no",
                "not given to talking",
                "an unknown soldier",
            })
    void a_result_is_something_else(String words) {
        assertThat(Equivalence.of("").key(words)).isNotEqualTo(NoAnswer.KEY);
    }

    @Test
    void it_votes_only_where_the_question_reckons_with_it() {
        AnswerReader asked = new AnswerReader("Answer:", RECKONING);
        AnswerReader other = new AnswerReader("Answer:", "How many are left?");

        for (String words :
                new String[] {
                    "Answer: Cannot be determined.",
                    "Answer: It cannot be determined from what is given here, as nobody says how"
                            + " many there were at the beginning.",
                    "The answer is unknown.",
                    "There is not enough information.",
                }) {
            assertThat(asked.read(words)).as(words).contains(NoAnswer.KEY);
            assertThat(other.read(words)).as(words).isEmpty();
        }
        assertThat(asked.read("Answer: 31")).contains("31");
        assertThat(asked.result("unknown")).contains(NoAnswer.KEY);
        assertThat(other.result("unknown")).isEmpty();
    }

    @Test
    void an_option_that_says_so_is_its_letter() {
        String question = "Who is older?\n(A) Ann\n(B) Bob\n(C) Cannot be determined";
        AnswerReader reader = new AnswerReader("Answer:", question);

        assertThat(reader.read("Answer: Not enough information")).contains("C");
        assertThat(reader.read("Answer: (C)")).contains("C");
    }
}
