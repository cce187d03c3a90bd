package dev.polymnia.agents.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Examples that questions show of `def f(x, k=0)`, as Python reads them in the sandbox.
final class ExamplesTest {
    /// What is shown, with ⏎ between lines, and the assertions without `assert`, with `; ` between
    /// them.
    private static final String READ =
            """
            f(1) == 2                                    | f(1) == 2
            f(1)==2                                      | f(1) == 2
            f(1) === 2                                   | f(1) == 2
            f(1) = 2                                     | f(1) == 2
            f(1) => 2                                    | f(1) == 2
            f(1) ==> 2                                   | f(1) == 2
            f(1) ==>2                                    | f(1) == 2
            f(1) -> 2                                    | f(1) == 2
            f(1) --> 2                                   | f(1) == 2
            f(1) ➞ 2                                     | f(1) == 2
            f(1) → 2                                     | f(1) == 2
            f(1) ⇒ 2                                     | f(1) == 2
            f(1) returns 2                               | f(1) == 2
            f(1) should return 2.                        | f(1) == 2
            f(1) should be 2                             | f(1) == 2
            f(1) is -2                                   | f(1) == -2
            For f(1) the output should be 2              | f(1) == 2
            for f(1, 2) == 34                            | f(1, 2) == 34
            For x = 1, the output should be 2            | f(1) == 2
            For x = "a", k = "b"  the result should be 2 | f('a', 'b') == 2
            Input: x = [1, 2], k = 2⏎Output: [2]         | f([1, 2], 2) == [2]
            Input: k = 3, x = 1⏎⏎Output: 4 # 1 + 3       | f(1, 3) == 4
            Input: 1 Output: 2⏎Explanation: so           | f(1) == 2
            - **Input:** `[1, 2]`⏎- **Output:** `3`      | f([1, 2]) == 3
            * f(1) -> [1, 2]⏎* f(2) -> []                | f(1) == [1, 2]; f(2) == []
            1. `f(1)` returns `2`.⏎2. `f(2) == 3`        | f(1) == 2; f(2) == 3
            Example 1: f(1) == 2                         | f(1) == 2
            For example, f(1) returns 2.                 | f(1) == 2
            \"""f(1) == ''\"""                           | f(1) == ''
            f({'a': (1, None)}, 2) == {True, -1.5}       | f({'a': (1, None)}, 2) == {True, -1.5}
            f('a)') == "b'"                              | f('a)') == "b'"
            f(1) == (2, 3)                               | f(1) == (2, 3)
            f(x=1) == 6.00                               | f(x=1) == 6.0
            f(1) returns [1, 5] # for 5 is odd           | f(1) == [1, 5]
            f(1) == 2⏎Explanation: so it is              | f(1) == 2
            f(1) == 2⏎f(1) == 2                          | f(1) == 2
            f(30) == True⏎30 = 2 * 3 * 5                 | f(30) == True
            Not so:⏎f(1) == 2⏎But so:⏎f(1) == 3          | f(1) == 3
            >>> round(f(1), 2) # of x + 1⏎0.33           | round(f(1), 2) == 0.33
            """;

    /// What cannot be told for sure, and why.
    private static final String LEFT_OUT =
            """
            f(1) == 2 if it is even                  | prose that belongs to it
            f(1) returns 2⏎if it is even             | prose that may belong to it
            f(1) == 2⏎+ 3                            | the rest of a formula
            f(1) == 2 and f(2) == 3                  | several examples
            f(1) == 2, 3                             | two values, or one
            f(1) = 1 + (2 / 2) = 2                   | a formula
            f(1) == [1,⏎2]                           | a value of several lines
            f(1) -> [1, 2, ...]                      | an ellipsis
            f(1) -> 2...                             | an ellipsis
            f(1) == y                                | a variable
            f(y) == 2                                | a variable
            f(*[1]) == 2                             | arguments that are no literals
            f(1) => true                             | a name that Python does not know
            f(1) == f(2)                             | another call
            f(1) == 2 == 2                           | a chain
            f(1) == 'a' in x                         | an expression
            f(1) != 2                                | what it does not return
            f(1) should not return 2                 | what it does not return
            not f(1) == 2                            | what it does not return
            -f(1) == -2                              | more than the call
            g(f(1)) == 2                             | another function
            g(1) == 2                                | another function
            At present f(1) returns 2.               | words that turn its meaning
            It is wrong that:⏎⏎f(1) == 2⏎f(2) == 3   | a heading that turns its meaning
            f(n) = f(n - 1) + 1⏎f(1) = 3             | may be part of a definition
            f(1) == 2⏎f(1) == 3                      | one of them is wrong
            Input: y = 1⏎Output: 2                   | no parameter of the function
            Input: 1, 2, 3⏎Output: 2                 | more arguments than it has
            Input: x = 1⏎Some words⏎Output: 2        | words between
            For x = 1, its sum is 1 it should be "1" | words between
            >>> f(1) # doctest: +SKIP⏎2              | not to be run
            >>> print(f(1)) # as before⏎2            | what is printed, not returned
            >>> f(1) # as before⏎2⏎3                 | several lines
            """;

    private static final Map<String, String> FOUND = new LinkedHashMap<>();

    record Row(String shown, String meant) {
        @Override
        public String toString() {
            return shown;
        }
    }

    private static List<Row> rows(String table) {
        return table.lines()
                .map(line -> line.split(" +\\| ", 2))
                .map(parts -> new Row(parts[0], parts[1]))
                .toList();
    }

    static List<Row> read() {
        return rows(READ);
    }

    static List<Row> leftOut() {
        return rows(LEFT_OUT);
    }

    /// One program reads all of them.
    @BeforeAll
    static void find() {
        List<String> shown =
                Stream.of(READ, LEFT_OUT)
                        .flatMap(table -> rows(table).stream())
                        .map(Row::shown)
                        .toList();
        Iterator<String> found =
                DriverFixture.run(
                                """
                                begin = "def f(x, k=0):\\n    pass\\n"
                                for each in %s:
                                    question = begin + text(each).replace("⏎", "\\n    ") + "\\n"
                                    tests, _ = examples(question, {"f", "set"}, signature(begin, "f"))
                                    print("; ".join(test.removeprefix("assert ") for test in tests))
                                """
                                        .formatted(DriverFixture.list(shown)))
                        .lines()
                        .iterator();
        shown.forEach(each -> FOUND.put(each, found.next()));
    }

    @ParameterizedTest
    @MethodSource("read")
    void an_example_is_a_test_however_it_is_written(Row row) {
        assertThat(FOUND.get(row.shown())).isEqualTo(row.meant());
    }

    @ParameterizedTest
    @MethodSource("leftOut")
    void what_cannot_be_told_for_sure_is_left_out(Row row) {
        assertThat(FOUND.get(row.shown())).as(row.meant()).isEmpty();
    }

    @Test
    void a_call_whose_value_is_not_told_can_still_be_made() {
        assertThat(
                        DriverFixture.run(
                                """
                                print(examples("f(1) => true\\nf(2) == 3\\nf(y) == 4", ["f"], None))
                                """))
                .isEqualTo("(['assert f(2) == 3'], ['f(1)'])\n");
    }

    @Test
    void of_two_functions_neither_is_the_one_that_is_asked_for() {
        assertThat(DriverFixture.run("print(examples('f(1) == 2', ['f', 'g'], None))"))
                .isEqualTo("([], [])\n");
    }

    @Test
    void what_another_test_says_already_is_said_once() {
        assertThat(DriverFixture.run("print(merged(['assert f(1)==2'], ['assert f(1) == 2']))"))
                .isEqualTo("['assert f(1)==2']\n");
    }

    /// A pattern that goes back for ever would take longer over one of them than a program may.
    @Test
    void no_question_takes_long_to_read() {
        List<String> hostile =
                List.of(
                        " ".repeat(20_000),
                        ("f(".repeat(490) + "\n").repeat(20),
                        ("f(" + "(1),".repeat(240) + "\n").repeat(20),
                        ("f(1) =" + " ".repeat(980) + "x\n").repeat(20),
                        ("f(1) =" + " '''".repeat(240) + "\n").repeat(20),
                        ("f(1) == " + "[".repeat(980) + "\n").repeat(20),
                        ("input:" + " ".repeat(980) + "x\n").repeat(20),
                        ("input: x" + " ".repeat(980) + "\n").repeat(20),
                        ("for " + " ".repeat(980) + "x\n").repeat(20),
                        ("for x" + " ".repeat(980) + "\n").repeat(20),
                        ("- " + " ".repeat(980) + "x\n").repeat(20),
                        "f()\n".repeat(5000),
                        "f(1)==2\n".repeat(2500));
        String read =
                DriverFixture.run(
                        """
                        for each in %s:
                            assert len(examples(text(each), ["f"], None)[0]) <= 1
                        print("all")
                        """
                                .formatted(DriverFixture.list(hostile)));

        assertThat(read).isEqualTo("all\n");
    }
}
