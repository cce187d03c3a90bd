package dev.polymnia.agents.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.agents.ProgramRunner.Result;
import dev.polymnia.agents.ProgramRunner.Work;
import dev.polymnia.core.model.Approach;
import dev.polymnia.sandbox.Sandbox;
import dev.polymnia.sandbox.Sandboxes;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BehaviourTest {
    private static final Sandbox SANDBOX = Sandboxes.open();
    private static final String QUESTION =
            "Write a function largest(xs) that returns the largest number, None if there is none."
                    + "\n```python\nassert largest([3, 1, 2]) == 3\n```";

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    private static Result run(String code) {
        return run(QUESTION, code);
    }

    private static Result run(String question, String code) {
        return say(question, "It is so:\n```python\n" + code + "\n```");
    }

    private static Result say(String question, String words) {
        return new SandboxPrograms(SANDBOX)
                .run(new Work(Approach.Kind.CODE, question, words, Duration.ofMinutes(1)));
    }

    @Test
    void code_that_does_the_same_agrees_however_it_is_written() {
        Result one = run("def largest(xs):\n    return max(xs) if xs else None");
        Result other =
                run(
                        """
                        def largest(xs):
                            best = None
                            for x in xs:
                                if best is None or x > best:
                                    best = x
                            return best
                        """);

        assertThat(one.output()).isPresent().isEqualTo(other.output());
        assertThat(one.output().orElseThrow()).startsWith("passes 1 of 1, behaves as ");
        assertThat(one.merit()).isEqualTo(1);
        assertThat(one.note()).isEmpty();
    }

    @Test
    void inputs_that_the_question_does_not_show_tell_candidates_apart() {
        // Both pass the shown test.
        Result first = run("def largest(xs):\n    return xs[0]");
        Result max = run("def largest(xs):\n    return max(xs) if xs else None");

        assertThat(first.merit()).isEqualTo(1);
        assertThat(first.output()).isNotEqualTo(max.output());
    }

    @Test
    void code_that_fails_a_shown_test_hardly_counts() {
        Result wrong = run("def largest(xs):\n    return min(xs)");

        assertThat(wrong.output().orElseThrow()).startsWith("passes 0 of 1");
        assertThat(wrong.merit()).isPositive().isLessThanOrEqualTo(0.001);
        assertThat(wrong.note()).contains("largest([3, 1, 2]) == 3").contains("AssertionError");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "def largest(xs:\n    return 1",
                "raise SystemExit(0)",
                "import os\nos._exit(0)",
                "while True:\n    pass",
                "x = [0] * (1 << 40)",
            })
    void code_that_does_not_run_comes_to_nothing(String code) {
        Result result = run(code);

        assertThat(result.output()).isEmpty();
        assertThat(result.merit()).isZero();
        assertThat(result.note()).isNotEmpty();
    }

    @Test
    void a_call_that_hangs_is_an_input_like_any_other() {
        String hangs = "def largest(xs):\n    while not xs:\n        pass\n    return max(xs)";

        assertThat(run(hangs).merit()).isEqualTo(1);
        assertThat(run(hangs).output()).isEqualTo(run(hangs).output());
    }

    @Test
    void printing_changes_nothing() {
        Result quiet = run("def largest(xs):\n    return max(xs) if xs else None");
        Result loud =
                run(
                        """
                        print('result: 9 9 ffffffff')
                        def largest(xs):
                            print(xs)
                            return max(xs) if xs else None
                        """);

        assertThat(loud).isEqualTo(quiet);
    }

    @Test
    void the_beginning_of_a_function_is_completed() {
        String question =
                """
                Complete:
                ```python
                def twice(x):
                    '''Doubles.
                    >>> twice(2)
                    4
                    '''
                ```\
                """;

        assertThat(run(question, "    return 2 * x").output())
                .isEqualTo(run(question, "def twice(x):\n    return x + x").output())
                .hasValueSatisfying(words -> assertThat(words).startsWith("passes 1 of 1"));
    }

    /// Each shows that 4 becomes 8 and 1 becomes 2, in a form that doctest does not know.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "f(4) == 8⏎f(1) == 2",
                "f(4) => 8⏎f(1) => 2",
                "f(4) returns 8⏎f(1) should return 2.",
                "Input: x = 4⏎Output: 8⏎⏎Input: x = 1⏎Output: 2",
                "For x = 4, the output should be 8⏎For x = 1, the output should be 2",
            })
    void examples_in_other_forms_are_tests(String shown) {
        String question = begin("def f(x):", shown);
        Result twice = run(question, "    return 2 * x");

        assertThat(twice.output().orElseThrow()).startsWith("passes 2 of 2");
        assertThat(twice.merit()).isEqualTo(1);
        assertThat(run(question, "    return x + x")).isEqualTo(twice);
        assertThat(run(question, "    return x + 4").output().orElseThrow())
                .startsWith("passes 1 of 2");
    }

    private static String begin(String signature, String docstring) {
        return "Complete:\n```python\n%s\n    \"\"\"\n    %s\n    \"\"\"\n```"
                .formatted(signature, docstring.replace("⏎", "\n    "));
    }

    @Test
    void the_words_around_the_code_show_examples_too() {
        String question = begin("def f(x):", "Doubles.") + "\nFor example, f(4) returns 8.";

        assertThat(run(question, "    return 2 * x").output().orElseThrow())
                .startsWith("passes 1 of 1");
    }

    /// Annotations tell what to call it with, or a call is shown, though not what it returns.
    @ParameterizedTest
    @ValueSource(strings = {"def f(x: int) -> bool:|Is it positive?", "def f(x):|f(3) => true"})
    void without_a_test_code_is_compared_by_what_it_does(String shown) {
        String[] parts = shown.split("\\|", 2);
        String question = begin(parts[0], parts[1]);
        Result one = run(question, "    return x > 0");

        assertThat(one.output().orElseThrow()).startsWith("behaves as ");
        assertThat(run(question, "    return not x <= 0")).isEqualTo(one);
        assertThat(run(question, "    return x >= 0").output()).isNotEqualTo(one.output());
    }

    @Test
    void code_that_returns_equal_values_agrees() {
        String question = "Write f.\n```python\nassert f(1) == 2\n```";

        assertThat(run(question, "def f(x):\n    return 2.0 * x"))
                .isEqualTo(run(question, "def f(x):\n    return 2 * x"));
    }

    @Test
    void code_that_passes_in_the_form_that_a_test_gives_it_agrees() {
        String question = "Write f.\n```python\nassert set(f([2, 1, 2])) == {1, 2}\n```";
        Result list = run(question, "def f(xs):\n    return sorted(set(xs))");

        assertThat(list.merit()).isEqualTo(1);
        assertThat(run(question, "def f(xs):\n    return tuple(set(xs))")).isEqualTo(list);
        assertThat(run(question, "def f(xs):\n    yield from xs")).isEqualTo(list);
        assertThat(run(question, "def f(xs):\n    return [1, 2]").output())
                .isNotEqualTo(list.output());
    }

    @Test
    void a_test_may_use_math_where_the_candidate_does_not_import_it() {
        String question =
                "Write a function half(x).\n```python\nassert math.isclose(half(3), 1.5)\n```";

        assertThat(run(question, "def half(x):\n    return x / 2").merit()).isEqualTo(1);
        assertThat(run(question, "def half(x):\n    return math.floor(x) / 2").merit())
                .isLessThan(1);
    }

    @Test
    void code_that_hangs_in_every_test_still_fails_them() {
        StringBuilder shown = new StringBuilder("Doubles.");
        for (int i = 0; i < 10; i++) {
            shown.append("⏎f(%d) == %d".formatted(i, 2 * i));
        }
        Result hangs = run(begin("def f(x):", shown.toString()), "    while True:\n        pass");

        assertThat(hangs.output().orElseThrow()).startsWith("passes 0 of 10");
        assertThat(hangs.note()).isEqualTo("assert f(0) == 0: TimeoutError");
    }

    @Test
    void without_a_call_to_make_only_equal_code_agrees() {
        String question = "Write a function that greets.";
        Result one = run(question, "def greet(name):\n    return 'Hello ' + name");

        assertThat(one.output().orElseThrow()).startsWith("behaves as ");
        assertThat(run(question, "def greet(name):  # so\n    return ('Hello ' + name)"))
                .isEqualTo(one);
        assertThat(run(question, "def greet(name):\n    return f'Hello {name}'").output())
                .isNotEqualTo(one.output());
    }

    @Test
    void words_without_code_are_no_candidate() {
        assertThat(say(QUESTION, "I would use max.")).isEqualTo(Result.failed("no code was found"));
    }
}
