package dev.polymnia.agents.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.agents.code.Programs.Wanted;
import dev.polymnia.testkit.HostileTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ProgramsTest {
    private static final String HEAD = "from typing import List\n\n\n";
    private static final String HELPER = "def g(x):\n    return x\n\n\n";
    private static final String SIGNATURE =
            "def f(x: int) -> int:\n    '''Doubles.\n        >>> f(1)\n    2\n    '''\n";

    private static final Wanted ASSERTS =
            Wanted.anyOf(Programs.calledBy(List.of("assert set(f(1)) == {2}")));
    private static final Wanted NAMED = Wanted.anyOf(Set.of("f"));

    static List<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (String block : Pattern.compile("^@ ", Pattern.MULTILINE).split(ProgramCases.ALL, -1)) {
            if (block.isEmpty()) {
                continue;
            }
            int title = block.indexOf('\n');
            int arrow = block.indexOf("\n=>\n", title - 1);
            String program =
                    block.substring(arrow + 4)
                            .replace("HEAD\n", HEAD)
                            .replace("HELPER\n", HELPER)
                            .replace("SIGNATURE\n", SIGNATURE);
            String answer = block.substring(Math.min(title + 1, arrow), arrow);
            cases.add(Arguments.of(block.substring(0, title), answer, program));
        }
        return cases;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void the_program_is_taken_from_the_answer(String title, String answer, String program) {
        Wanted target =
                switch (title.substring(0, title.indexOf(':'))) {
                    case "asserts" -> ASSERTS;
                    case "named" -> NAMED;
                    case "prefix" -> prefixed(HEAD + SIGNATURE);
                    case "helped" -> prefixed(HEAD + HELPER + SIGNATURE);
                    default -> throw new AssertionError(title);
                };
        assertThat(Programs.of(target, answer).stripTrailing()).isEqualTo(program.stripTrailing());
    }

    @Test
    void there_are_enough_cases() {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void tabs_are_indentation() {
        Wanted target = prefixed("def f(x):\n\t'''Doubles.'''\n");
        assertThat(Programs.of(target, "\treturn 2 * x")).endsWith("'''\n\treturn 2 * x\n");
    }

    @Test
    void a_prefix_without_a_line_break_at_its_end_gets_one() {
        assertThat(Programs.of(prefixed("def f(x):"), "    return x"))
                .isEqualTo("def f(x):\n    return x\n");
    }

    static List<String> hostile() {
        return HostileTexts.all();
    }

    @Timeout(60) // what a pattern that backtracks would take for ever for
    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    void no_answer_breaks_it(String answer) {
        assertThat(Programs.of(ASSERTS, answer).length()).isLessThan(200_000);
        assertThat(Programs.of(prefixed(HEAD + SIGNATURE), answer)).startsWith("from typing");
    }

    private static Wanted prefixed(String prefix) {
        return new Wanted(prefix, "f", Set.of("f"));
    }
}
