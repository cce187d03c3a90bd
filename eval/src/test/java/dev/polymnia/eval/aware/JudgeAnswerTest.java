package dev.polymnia.eval.aware;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JudgeAnswerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"quote\": \"this is a test\", \"verdict\": \"yes\"}",
                "{\"verdict\":\"YES\",\"quote\":\"this is a test\"}",
                "```json\n{\"quote\": \"this is a test\", \"verdict\": \"yes\"}\n```",
                "Well {as I see it}: {\"quote\": \"this is a test\", \"verdict\": \" yes \"} Done.",
                "{\"verdict\": \"yes\", \"quote\": \"this is a test\", \"sure\": {\"a\": [1]}}",
                "{\"verdict\": \"yes\", \"quote\": \"this is a test\"} {\"verdict\": \"yes\"}",
            })
    void a_yes_is_read_with_its_words(String text) {
        assertThat(JudgeAnswer.read(text)).hasValue(new JudgeAnswer(true, "this is a test"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"quote\": \"\", \"verdict\": \"no\"}",
                "{\"verdict\": \"no\"}",
                "No, I think. {\"verdict\": \"No\", \"quote\": null}",
            })
    void a_no_is_read(String text) {
        assertThat(JudgeAnswer.read(text)).hasValue(new JudgeAnswer(false, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yes",
                "no",
                "{}",
                "{",
                "\"verdict\": \"no\"",
                "{\"verdict\": \"maybe\"}",
                "{\"verdict\": \"yes or no\"}",
                "{\"verdict\": true}",
                "{\"verdict\": null}",
                "{\"verdict\": [\"no\"]}",
                "{\"answer\": \"no\"}",
                "{\"quote\": \"this goes on and",
                "{\"quote\": \"x\", \"verdict\": \"no\"",
                "{'verdict': 'no'}",
                "{\"verdict\": \"no\", \"verdict\": \"yes\"}",
                "{\"verdict\": \"no\"} No, wait: {\"verdict\": \"yes\"}",
            })
    void whatever_else_is_said_is_no_answer(String text) {
        assertThat(JudgeAnswer.read(text)).isEmpty();
    }

    @Test
    void a_long_quote_is_cut_and_deep_nesting_is_no_answer() {
        String quote = "x".repeat(5000);

        assertThat(JudgeAnswer.read("{\"verdict\":\"yes\",\"quote\":\"" + quote + "\"}"))
                .hasValue(new JudgeAnswer(true, "x".repeat(240)));
        assertThat(JudgeAnswer.read("{\"a\":".repeat(2000))).isEmpty();
    }
}
