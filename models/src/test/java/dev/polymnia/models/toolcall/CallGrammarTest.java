package dev.polymnia.models.toolcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.models.toolcall.Readings.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CallGrammarTest {
    /// Allows an object with one string, or a number for what is a parameter.
    private static final SchemaRules RULES =
            (schema, name) ->
                    name.endsWith("-value")
                            ? name + " ::= [0-9]+\n"
                            : name
                                    + " ::= \"{\\\"a\\\": \" string \"}\"\n"
                                    + "string ::= \"\\\"\" ([^\"\\\\] | \"\\\\\\\\\" |"
                                    + " \"\\\\\\\"\")* \"\\\"\"\n";

    @ParameterizedTest
    @EnumSource
    void what_a_grammar_allows_is_read_as_calls(ToolCallFormat format) {
        Gbnf one = new Gbnf(format.grammar(Readings.TOOLS, RULES, false));
        Gbnf several = new Gbnf(format.grammar(Readings.TOOLS, RULES, true));
        for (int seed = 0; seed < 200; seed++) {
            check(format, one.sample(new SplittableRandom(seed)), 1);
            check(format, several.sample(new SplittableRandom(seed)), 5);
        }
    }

    private static void check(ToolCallFormat format, String text, int most) {
        Reading reading = Readings.read(format, text);

        assertThat(reading.parts()).as("%s", text).hasSizeBetween(1, most);
        assertThat(reading.parts()).as("%s", text).allMatch(Readings::isCall);
        assertThat(reading.cutOff()).isFalse();
    }

    @Test
    void a_grammar_is_written_as_the_template_writes_calls() {
        assertThat(
                        ToolCallFormat.HERMES.grammar(
                                Readings.TOOLS.subList(2, 3),
                                (schema, name) -> name + " ::= \"" + schema + "\"",
                                true))
                .isEqualTo(
                        """
                        root ::= tool-call ("\\n" tool-call)*
                        tool-call ::= tool-0
                        tool-0-arguments ::= "{}"
                        tool-0 ::= "<tool_call>\\n{\\"name\\": \\"now\\", \\"arguments\\": " tool-0-arguments "}\\n</tool_call>"
                        """);
    }

    @Test
    void optional_parameters_may_be_left_out_and_texts_have_no_closing_tag() {
        String grammar = ToolCallFormat.ATEM.grammar(Readings.TOOLS.subList(0, 1), RULES, false);

        assertThat(grammar)
                .contains("tool-0-argument-0 tool-0-argument-1? tool-0-argument-2?")
                .contains("tool-0-argument-2-value ::= \"C\" | \"F\"\n")
                .contains("tool-text ::= ([^<] tool-text | \"<\" tool-text-1)?\n")
                .contains(
                        "tool-text-1 ::= ([^</] tool-text | \"/\" tool-text-2 | \"<\""
                                + " tool-text-1)?")
                .contains("tool-text-16 ::= ([^<>] tool-text | \"<\" tool-text-1)?");
    }

    @Test
    void a_schema_of_a_parameter_keeps_the_definitions_of_the_whole() {
        String schema =
                """
                {"properties": {"p": {"$ref": "#/$defs/pair"}},
                 "$defs": {"pair": {"type": "array"}}}\
                """;
        List<String> seen = new ArrayList<>();

        ToolCallFormat.FUNCTION_TAGS.grammar(
                List.of(new ToolSpec("pairs", "Pairs.", schema, true)),
                (inner, name) -> {
                    seen.add(inner);
                    return name + " ::= \"[]\"";
                },
                false);

        assertThat(seen)
                .containsExactly(
                        "{\"$ref\":\"#/$defs/pair\",\"$defs\":{\"pair\":{\"type\":\"array\"}}}");
    }

    @Test
    void rules_that_contradict_each_other_are_refused() {
        SchemaRules unlike = (schema, name) -> name + " ::= same\nsame ::= \"" + name + "\"";

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ToolCallFormat.LLAMA.grammar(Readings.TOOLS, unlike, false))
                .withMessageContaining("same");
    }

    @Test
    void rules_without_the_one_that_was_asked_for_are_refused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() ->
                        ToolCallFormat.LLAMA.grammar(
                                Readings.TOOLS, (schema, name) -> "x ::= \"a\"", false))
                .withMessageContaining("tool-0-arguments");
    }

    @Test
    void no_tools_are_refused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ToolCallFormat.LLAMA.grammar(List.of(), RULES, false));
    }
}
