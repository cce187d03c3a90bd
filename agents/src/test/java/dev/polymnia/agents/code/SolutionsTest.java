package dev.polymnia.agents.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.agents.ProgramRunner.Result;
import dev.polymnia.sandbox.Sandbox;
import dev.polymnia.sandbox.Sandboxes;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SolutionsTest {
    private static final Sandbox SANDBOX = Sandboxes.open();

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    private static Result run(String words) {
        return new Solutions(SANDBOX).run(words, Duration.ofMinutes(1));
    }

    private static Optional<String> returning(String expression) {
        return run("```python\ndef solution():\n    return " + expression + "\n```").output();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    6 * 7            | 42
                    0.1 + 0.2        | 0.3
                    18.0             | 18
                    1 / 3            | 0.333333333333
                    'B'              | B
                    10 ** 30         | 1000000000000000000000000000000
                    7 > 3            | True
                    [1, 2]           | [1, 2]
                    """)
    void what_is_returned_is_the_output(String expression, String output) {
        assertThat(returning(expression)).contains(output);
    }

    @Test
    void the_last_block_that_defines_the_solution_counts() {
        assertThat(
                        run("""
                        First:
                        ```python
                        def solution():
                            return 1
                        ```
                        No, rather:
                        ```python
                        import math
                        def solution():
                            print("thinking")
                            return math.factorial(4)
                        print(solution())
                        ```
                        Run it with
                        ```
                        python3 main.py
                        ```
                        """)
                                .output())
                .contains("24");
    }

    @Test
    void without_a_returned_value_the_last_printed_line_counts() {
        assertThat(run("```python\nprint('so')\nprint(5 + 6)\nprint()\n```").output())
                .contains("11");
        assertThat(run("def solution():\n    print(12)\n").output()).contains("12");
    }

    @Test
    void a_program_that_fails_has_no_output_and_says_why() {
        assertThat(run("```python\ndef solution():\n    return 1 / 0\n```").note())
                .startsWith("ZeroDivisionError");
        assertThat(run("```python\ndef solution(x):\n    return x\n```").note())
                .startsWith("TypeError");
        assertThat(run("The answer is 18, I think.").note()).startsWith("SyntaxError");
        assertThat(run("```python\ndef solution():\n    pass\n```").note())
                .isEqualTo("it returned and printed nothing");
        assertThat(run("```python\nimport sys\nprint(3)\nsys.exit()\n```").note())
                .startsWith("SystemExit");
        assertThat(run("```python\nimport os\nos._exit(3)\n```").note())
                .isEqualTo("it ended with exit code 3");
        assertThat(run(" ").note()).isEqualTo("no program was found");
        assertThat(run("x = 1\n".repeat(10_000)).note()).contains("is not run");
    }

    @Test
    void a_program_that_does_not_end_is_ended() {
        assertThat(run("```python\nwhile True:\n    pass\n```").note()).contains("than it may");
    }
}
