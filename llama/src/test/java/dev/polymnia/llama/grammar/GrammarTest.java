package dev.polymnia.llama.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.polymnia.core.Fault;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class GrammarTest {
    /// A grammar, texts that it takes, and texts that it does not.
    static Stream<Arguments> grammars() {
        return Stream.of(
                row("root ::= \"abc\"", texts("abc"), texts("", "ab", "abcd", "abd")),
                row("root ::=", texts(""), texts("a")),
                row("root ::= \"\"", texts(""), texts("a")),
                row("root ::= \"a\" | \"b\"", texts("a", "b"), texts("", "ab")),
                row("root ::= \"a\" |\n  \"b\"", texts("a", "b"), texts("c")),
                row("root ::= | \" \"", texts("", " "), texts("  ")),
                row("root ::=\n  \"a\"\n", texts("a"), texts("")),
                row("# before\nroot ::= \"a\" # after\n# end", texts("a"), texts("#")),
                row("root ::= \"a\"\r\nb ::= \"b\"\r\n", texts("a"), texts("b")),
                row("root ::= (\n \"a\"\n | \"b\"\n # one\n \"c\" )", texts("a", "bc"), texts("b")),
                row("root ::= \"a\"*", texts("", "a", "aaa"), texts("b", "ab")),
                row("root ::= \"a\"+", texts("a", "aaa"), texts("")),
                row("root ::= \"a\"?", texts("", "a"), texts("aa")),
                row("root ::= \"ab\"{2}", texts("abab"), texts("ab", "ababab")),
                row("root ::= \"ab\"{ 2 , }", texts("abab", "ababab"), texts("ab")),
                row("root ::= \"a\"{1,3} \"b\"", texts("ab", "aaab"), texts("b", "aaaab")),
                row("root ::= \"a\"{0} \"b\"", texts("b"), texts("ab")),
                row("root ::= (\"a\" \"b\"?)*", texts("", "aba", "aab"), texts("b", "abb")),
                row("root ::= \"a\" *", texts("", "aa"), texts("b")),
                row("root ::= \"a\"{2}{3}", texts("aaaaaa"), texts("aaaaa", "aa")),
                row("root ::= \"a\"?+", texts("", "aa"), texts("b")),
                row("root ::= [a-c]", texts("a", "b", "c"), texts("d", "-")),
                row("root ::= [-+*/]", texts("-", "+", "*", "/"), texts(",", ".")),
                row("root ::= [a-]", texts("a", "-"), texts("b")),
                row("root ::= [a-cx-z5]+", texts("abz5y"), texts("d", "6")),
                row("root ::= [^a-c\\n]", texts("d", "\r", "é", "😀"), texts("a", "\n", "dd")),
                row("root ::= [a^]", texts("a", "^"), texts("b")),
                row("root ::= [\\[\\]\\\\\"\\\"]+", texts("[]\\\""), texts("a")),
                row("root ::= .", texts("a", "\n", "é", "€", "😀", "\u0000"), texts("", "aa")),
                row("root ::= \"\\n\\r\\t\\\\\\\"\"", texts("\n\r\t\\\""), texts("n")),
                row("root ::= \"\\x41\\u00e9\\u20AC\\U0001F600\"", texts("Aé€😀"), texts("A")),
                row("root ::= [\\x85\\u2028-\\u2029]", texts("\u0085", "\u2028"), texts("x")),
                row("root ::= [ぁ-ゟ]+", texts("ひらがな"), texts("カ", "a")),
                row("root ::= [\\u007e-\\U00010001]", texts("~", "\u0080", "߿", "ࠀ"), texts("}")),
                row("root ::= [\\uD7FE-\\uE001]", texts("\uD7FE", "\uE000"), texts("\uD7FD")),
                row("root ::= other-1\nother-1 ::= \"x\"", texts("x"), texts("")),
                row("root ::= a_b\na_b ::= \"x\"", texts("x"), texts("")),
                row("root ::= \"(\" root \")\" | \"x\"", texts("x", "((x))"), texts("((x)", "()")),
                row("root ::= \"a\" root | \"a\"", texts("a", "aaaa"), texts("", "b")),
                row("root ::= \"a\" root?  \"b\"", texts("ab", "aaabbb"), texts("aab", "abb")),
                row("root ::= a a\na ::= b*\nb ::= \"b\"", texts("", "bbb"), texts("a")),
                row("root ::= (ws)* \"a\"\nws ::= \" \"?", texts("a", "  a"), texts(" ")),
                row("root ::= (x{0,3}){0,3}\nx ::= \"x\"?", texts("", "x".repeat(9)), texts("y")),
                row("root ::= \"x\"{1000}{1000}", texts(), texts("", "x")),
                row(
                        "root ::= (\"ab\" | \"abc\") (\"cd\" | \"d\") \"e\"*",
                        texts("abcd", "abd", "abccd", "abcde"),
                        texts("abc", "abcc")));
    }

    private static Arguments row(String gbnf, String[] taken, String[] refused) {
        return Arguments.of(gbnf, taken, refused);
    }

    private static String[] texts(String... texts) {
        return texts;
    }

    @ParameterizedTest
    @MethodSource("grammars")
    void takes_the_texts_of_its_language_and_no_others(
            String gbnf, String[] taken, String[] refused) {
        Grammar grammar = Grammar.parse(gbnf);

        assertThat(Arrays.stream(taken).filter(each -> !Texts.takes(grammar, each))).isEmpty();
        assertThat(Arrays.stream(refused).filter(each -> Texts.takes(grammar, each))).isEmpty();
    }

    /// A grammar and the beginning of the message that refuses it.
    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("", "Line 1, column 1 of the grammar: there is no rule root"),
                Arguments.of(
                        "a ::= \"a\"", "Line 1, column 1 of the grammar: there is no rule root"),
                Arguments.of("root = \"a\"", "Line 1, column 6 of the grammar: expected ::="),
                Arguments.of(
                        "root ::= \"a", "Line 1, column 10 of the grammar: the literal is not"),
                Arguments.of(
                        "root ::= [ab",
                        "Line 1, column 10 of the grammar: the character class is not"),
                Arguments.of(
                        "root ::= [a-",
                        "Line 1, column 10 of the grammar: the character class is not"),
                Arguments.of(
                        "root ::= []",
                        "Line 1, column 10 of the grammar: the character class is empty"),
                Arguments.of(
                        "root ::= [^]",
                        "Line 1, column 10 of the grammar: the character class is empty"),
                Arguments.of(
                        "root ::= [^\\x00-\\U0010FFFF]",
                        "Line 1, column 10 of the grammar: the character class excludes every"),
                Arguments.of("root ::= [xz-a]", "Line 1, column 12 of the grammar: the range ends"),
                Arguments.of(
                        "root ::= (\"a\"", "Line 1, column 10 of the grammar: the parenthesis"),
                Arguments.of("root ::= (\"a\" }", "Line 1, column 15 of the grammar: expected )"),
                Arguments.of(
                        "root ::= \"a\" )", "Line 1, column 14 of the grammar: expected the end"),
                Arguments.of(
                        "root ::= \"é\" $", "Line 1, column 14 of the grammar: expected the end"),
                Arguments.of(
                        "root ::= *", "Line 1, column 10 of the grammar: nothing stands before *"),
                Arguments.of(
                        "root ::= \"a\" | +", "Line 1, column 16 of the grammar: nothing stands"),
                Arguments.of(
                        "root ::= \"a\"{", "Line 1, column 14 of the grammar: expected a number"),
                Arguments.of(
                        "root ::= \"a\"{,2}",
                        "Line 1, column 14 of the grammar: expected a number"),
                Arguments.of("root ::= \"a\"{1,2", "Line 1, column 17 of the grammar: expected }"),
                Arguments.of("root ::= \"a\"{3,2}", "Line 1, column 13 of the grammar: {3,2} has"),
                Arguments.of(
                        "root ::= \"a\"{70000}", "Line 1, column 14 of the grammar: 70000 repet"),
                Arguments.of(
                        "root ::= \"a\"{99999999999}",
                        "Line 1, column 14 of the grammar: 99999999999"),
                Arguments.of(
                        "root ::= \"\\q\"", "Line 1, column 11 of the grammar: unknown escape"),
                Arguments.of(
                        "root ::= \"\\x4\"",
                        "Line 1, column 11 of the grammar: the escape needs 2"),
                Arguments.of(
                        "root ::= \"\\u12\"",
                        "Line 1, column 11 of the grammar: the escape needs 4"),
                Arguments.of(
                        "root ::= \"\\U0011FFFF\"",
                        "Line 1, column 11 of the grammar: there is no code"),
                Arguments.of(
                        "root ::= \"\\uD800\"", "Line 1, column 11 of the grammar: a surrogate"),
                Arguments.of("root ::= \"\\", "Line 1, column 11 of the grammar: unknown escape"),
                Arguments.of(
                        "root ::= <think>", "Line 1, column 10 of the grammar: references to tok"),
                Arguments.of(
                        "root ::= <[12]>", "Line 1, column 10 of the grammar: references to tok"),
                Arguments.of(
                        "root ::= !<[12]>", "Line 1, column 10 of the grammar: references to tok"),
                Arguments.of(
                        "root ::= \"a\"\n\n  | \"b\"",
                        "Line 3, column 3 of the grammar: expected the name"),
                Arguments.of(
                        "root ::= \"a\"\nroot ::= \"b\"",
                        "Line 2, column 1 of the grammar: the rule root is defined twice"),
                Arguments.of(
                        "root ::= \"a\"\nb ::= (\n c )",
                        "Line 3, column 2 of the grammar: the rule c is not defined"),
                Arguments.of(
                        "root ::= root", "Line 1, column 1 of the grammar: the rule root begins"),
                Arguments.of(
                        "root ::= \"x\" | a\na ::= b \"a\"\nb ::= \"b\" | a",
                        "Line 2, column 1 of the grammar: the rule a begins with itself (a → b →"
                                + " a)"),
                Arguments.of(
                        "root ::= ws root \"x\" | \"y\"\nws ::= \" \"*",
                        "Line 1, column 1 of the grammar: the rule root begins with itself"),
                Arguments.of(
                        "root ::= (\"a\"? root)* \"x\"",
                        "Line 1, column 1 of the grammar: the rule root begins with itself"),
                Arguments.of(
                        "root ::= \"x\" | \"y\" a\na ::= \"z\" a",
                        "Line 2, column 1 of the grammar: the rule a never ends"),
                Arguments.of(
                        "root ::= \"(\" root \")\"",
                        "Line 1, column 1 of the grammar: the rule root never ends"),
                Arguments.of(
                        "root ::= \"x\"{1000}{1000}{1000}",
                        "Line 1, column 1 of the grammar: the rule root repeats more than"),
                Arguments.of(
                        "root ::= " + "(".repeat(201) + ")".repeat(201),
                        "Line 1, column 210 of the grammar: more than 200 levels"),
                Arguments.of(
                        "root ::= \"x\"" + "*".repeat(300),
                        "Line 1, column 213 of the grammar: more than 200 levels"),
                Arguments.of(
                        "root ::= \"a\"" + " | \"a\"".repeat(20_000),
                        "Line 1, column 120008 of the grammar: more than 20000 alternatives"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void refuses_what_is_wrong_and_says_where(String gbnf, String message) {
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> Grammar.parse(gbnf))
                .withMessageStartingWith(message)
                .satisfies(fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID));
    }

    @Test
    void refuses_texts_rules_and_automata_that_are_too_large() {
        StringBuilder rules = new StringBuilder("root ::= \"a\"\n");
        for (int i = 0; i < 50_000; i++) {
            rules.append('r').append(i).append(" ::= \"a\"\n");
        }
        StringBuilder nodes = new StringBuilder("root ::= \"a\"\n");
        for (int i = 0; i < 10; i++) {
            nodes.append('r').append(i).append(" ::= (\"").append("a".repeat(100)).append("\")\n");
            nodes.append('s').append(i).append(" ::= r").append(i).append("{65000}\n");
        }

        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> Grammar.parse(rules.toString()))
                .withMessageContaining("more than 50000 rules");
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> Grammar.parse("#".repeat(Limits.TEXT + 1)))
                .withMessageContaining("characters are more than");
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> Grammar.parse(nodes.toString()))
                .withMessageContaining("the grammar is too large at the rule s");
    }

    @Test
    void long_chains_of_rules_do_not_exhaust_the_stack() {
        StringBuilder rules = new StringBuilder("root ::= r0\n");
        for (int i = 0; i < 20_000; i++) {
            rules.append("r%d ::= \"\" r%d\n".formatted(i, i + 1));
        }
        rules.append("r20000 ::= \"end\"\n");

        assertThat(Texts.takes(Grammar.parse(rules.toString()), "end")).isTrue();
    }

    @Test
    void an_automaton_that_would_explode_is_followed_side_by_side() {
        Grammar grammar = Grammar.parse("root ::= [ab]* \"a\" [ab]{40} \"!\"");

        assertThat(Texts.takes(grammar, "bab" + "a" + "b".repeat(40) + "!")).isTrue();
        assertThat(Texts.takes(grammar, "bbb" + "b".repeat(40) + "!")).isFalse();
    }
}
