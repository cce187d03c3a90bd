package dev.polymnia.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RefusalsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "I'm sorry, but I can't help with that.",
                "I cannot assist with this request.",
                "I am not able to answer this question.",
                "I\u2019m unable to comply with the request.",
                "Sorry. I won't provide code for this.",
                "As an assistant I must decline to continue.",
                "I am sorry, but I cannot do so.",
                "I'm not comfortable discussing that.",
            })
    void usual_phrases_are_found(String text) {
        assertThat(Refusals.refused(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "The answer is 4.",
                "I cannot determine the number from this.",
                "I'm sorry, but I can't find a solution.",
                "He said: you cannot help me.",
                "We can't answer before we add.",
            })
    void other_answers_are_not_refusals(String text) {
        assertThat(Refusals.refused(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 5000})
    void what_comes_late_is_not_looked_at(int before) {
        String text = "x".repeat(before) + " I cannot help with that.";

        assertThat(Refusals.refused(text)).isFalse();
    }
}
