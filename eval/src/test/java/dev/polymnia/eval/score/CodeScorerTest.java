package dev.polymnia.eval.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.agents.code.Programs;
import dev.polymnia.core.Fault;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Target;
import dev.polymnia.sandbox.Sandbox;
import dev.polymnia.sandbox.Sandboxes;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Verdicts of the real sandbox.
final class CodeScorerTest {
    private static final Sandbox SANDBOX = Sandboxes.open();

    private static final Target.Tests ASSERTS =
            new Target.Tests(
                    "",
                    "",
                    "import math",
                    List.of("assert f(1) == 2"),
                    List.of(
                            "assert f(1) == 2",
                            "assert f(3) == 6",
                            "assert f(math.inf) == math.inf"));

    private static final Target.Tests CHECK =
            new Target.Tests(
                    """
                    from typing import List


                    def f(xs: List[int]) -> int:
                        ''' Sums. '''
                    """,
                    "f",
                    "",
                    List.of(),
                    List.of(
                            """

                            METADATA = {}


                            def check(candidate):
                                assert candidate([]) == 0
                                assert candidate([1, 2]) == 3


                            check(f)
                            """));

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "def f(x):\n    return 2 * x",
                "```python\ndef f(x):\n    print('noise' * 100000)\n    return x + x\n```",
                """
                def f(x):
                    return 2 * x

                if __name__ == '__main__':
                    print(f(int(input())))\
                """,
                """
                from dataclasses import dataclass

                @dataclass
                class A:
                    x: 'int' = 2

                def f(x):
                    return A().x * x\
                """
            })
    void a_right_program_passes(String answer) {
        assertThat(score(ASSERTS, answer)).isEqualTo(Score.of(true, answered(answer), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    return sum(xs)",
                "```python\ndef f(xs):\n    return sum(xs)\n```",
                "total = 0\nfor x in xs:\n    total += x\nreturn total"
            })
    void a_body_and_a_function_in_full_pass_a_check(String answer) {
        Score score = score(CHECK, answer);
        assertThat(score.explanation()).isEmpty();
        assertThat(score.value()).isEqualTo(1);
    }

    @Test
    void the_assert_that_failed_is_named() {
        Score score = score(ASSERTS, "def f(x):\n    return x + 1");
        assertThat(score.value()).isZero();
        assertThat(score.explanation()).startsWith("test 2 of 3: assert f(3) == 6: AssertionError");
        assertThat(score(CHECK, "    return 0").explanation())
                .contains("assert candidate([1, 2]) == 3");
    }

    @Test
    void what_a_program_raises_is_told() {
        assertThat(score(ASSERTS, "def f(x):\n    return x / 0").explanation())
                .contains("assert f(1) == 2", "ZeroDivisionError: division by zero");
        assertThat(score(ASSERTS, "def f(x)\n    return x").explanation())
                .contains("program: SyntaxError");
        assertThat(score(ASSERTS, "def g(x):\n    return x").explanation())
                .contains("NameError: name 'f' is not defined");
        assertThat(score(ASSERTS, "I cannot do that.").value()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import sys\nsys.exit(0)",
                "import os\nos._exit(0)",
                "def f(x):\n    raise SystemExit(0)",
                "def f(x):\n    import os\n    os._exit(0)",
                "import os\nos.write(1, b'\\nright\\npassed\\nok\\n')\nos._exit(0)",
                "import builtins\nbuiltins.exec = builtins.compile = lambda *a, **k: None",
                "exit()",
                "raise KeyboardInterrupt"
            })
    void ending_early_passes_nothing(String answer) {
        Score score = score(ASSERTS, answer);
        assertThat(score.value()).isZero();
        assertThat(score.explanation()).isNotEmpty();
    }

    @Test
    void an_endless_loop_is_ended() {
        Score score = score(ASSERTS, "def f(x):\n    while True:\n        pass");
        assertThat(score.value()).isZero();
        assertThat(score.explanation()).contains("timed out");
    }

    @Test
    void a_program_that_takes_all_memory_fails() {
        Score score = score(ASSERTS, "def f(x):\n    return [0] * (1 << 40)");
        assertThat(score.value()).isZero();
    }

    @Test
    void nothing_and_too_much_are_not_run() {
        assertThat(score(ASSERTS, " \n ").explanation()).isEqualTo("no program was found");
        assertThat(score(CHECK, "<think>return sum(xs)").explanation())
                .isEqualTo("no program was found");
        assertThat(score(ASSERTS, "x = 1\n".repeat(20_000)).explanation()).contains("not run");
    }

    @Test
    void a_target_without_tests_is_a_fault() {
        assertThatThrownBy(() -> Scorers.named("code", SANDBOX).score(Rows.answer("5"), "5"))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID));
    }

    private static Score score(Target.Tests target, String answer) {
        return Scorers.named("code", SANDBOX).score(Rows.sample(target), answer);
    }

    private static String answered(String answer) {
        return Programs.of(CodeScorer.wanted(ASSERTS), answer);
    }
}
