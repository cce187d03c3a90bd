package dev.polymnia.agents.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EllipsisTest {
    private final AnswerReader reader = new AnswerReader("Answer:", "How many are left?");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "and so the total is...",
                "and so the total is \u2026",
                "the sum of **both...**",
                "first, second, ...",
                "and then... ",
            })
    void words_that_trail_off_are_told(String words) {
        assertThat(Ellipsis.endsIn(words)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0.333...", "3.14\u2026", "Well... it is 31.", "That is all.", ".."})
    void others_come_to_an_end(String words) {
        assertThat(Ellipsis.endsIn(words)).isFalse();
    }

    @Test
    void they_are_no_answer_but_figures_that_go_on_are() {
        assertThat(reader.read("Answer: the sum of both...")).isEmpty();
        assertThat(reader.read("well, so then\u2026")).isEmpty();
        assertThat(reader.read("Answer: 0.333...")).contains("0.333");
        assertThat(reader.read("Answer: 31. And so on...")).contains("31");
    }
}
