package dev.polymnia.agents.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.testkit.HostileTexts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CodeQuestionTest {
    private static final String DOUBLE =
            """
            Complete this Python function:

            ```python
            from typing import List

            def twice(x: int) -> int:
                '''Doubles.
                >>> twice(2)
                4
                >>> twice(-1)
                -2
                '''
            ```

            After a line `Answer:` write the whole function.
            """;

    @Test
    void a_function_without_a_body_is_what_is_to_be_completed() {
        CodeQuestion question = CodeQuestion.of(DOUBLE);

        assertThat(question.words()).isEqualTo(DOUBLE);
        assertThat(question.wanted().entryPoint()).isEqualTo("twice");
        assertThat(question.wanted().prefix()).startsWith("from typing").contains("Doubles.");
        assertThat(question.tests())
                .containsExactly("assert twice(2) == 4", "assert twice(-1) == -2");
    }

    @Test
    void assertions_name_what_is_called() {
        CodeQuestion question =
                CodeQuestion.of(
                        "Sort it. It must pass:\n```python\nassert order([2, 1]) == [1, 2]\n```");

        assertThat(question.tests()).containsExactly("assert order([2, 1]) == [1, 2]");
        assertThat(question.wanted().prefix()).isEmpty();
        assertThat(question.wanted().names()).containsExactly("order");
    }

    @Test
    void a_function_that_is_whole_is_no_prefix() {
        CodeQuestion question =
                CodeQuestion.of("Mend this:\n```python\ndef f(x):\n    return x -\n```\nPlease.");

        assertThat(question.wanted().prefix()).isEmpty();
        assertThat(question.tests()).isEmpty();
    }

    @Test
    void a_question_without_code_shows_nothing() {
        CodeQuestion question = CodeQuestion.of("Write a function that adds two numbers.");

        assertThat(question.tests()).isEmpty();
        assertThat(question.wanted().names()).isEmpty();
    }

    static List<String> hostile() {
        return HostileTexts.all();
    }

    @Timeout(60) // what a pattern that backtracks would take for ever for
    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    void no_question_breaks_it(String question) {
        assertThat(CodeQuestion.of(question).tests()).hasSizeLessThan(20_000);
    }
}
