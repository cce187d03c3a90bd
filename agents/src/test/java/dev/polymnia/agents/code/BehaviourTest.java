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
