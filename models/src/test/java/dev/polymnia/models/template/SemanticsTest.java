package dev.polymnia.models.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Fault;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/// What single constructs mean; the expectations come from Jinja2 3.1.6.
final class SemanticsTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 2, 3, 14, 5, 6);

    private static String render(String template) {
        return render(template, Map.of());
    }

    private static String render(
            String template, Map<String, ? extends @Nullable Object> variables) {
        return ChatTemplate.parse(template).render(variables, NOW);
    }

    private static Fault fault(String template) {
        return catchThrowableOfType(Fault.class, () -> render(template));
    }

    @ParameterizedTest
    @CsvFileSource(
            resources = "expressions.csv",
            delimiter = '\t',
            quoteCharacter = '\0',
            maxCharsPerColumn = 10_000)
    void an_expression_has_the_value_that_python_gives_it(
            String expression, @Nullable String expected) {
        assertThat(render("{{ " + expression + " }}")).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void none_is_defined_and_a_missing_variable_is_not() {
        String template = "{{ x is defined }} {{ x is none }} {{ x }}|{{ x | default('d') }}";
        Map<String, @Nullable Object> none = new HashMap<>();
        none.put("x", null);
        assertThat(render(template, none)).isEqualTo("True True None|None");
        assertThat(render(template)).isEqualTo("False False |d");
    }

    @Test
    void the_attributes_of_a_missing_variable_are_an_error() {
        assertThat(fault("{{ x.y }}").getMessage()).contains("'x' is undefined");
        assertThat(render("{{ {'x': 1}.y }}")).isEmpty();
    }

    @Test
    void java_values_keep_their_types() {
        Map<String, Object> variables =
                Map.of("i", 1, "l", 2L, "d", 2.0, "b", true, "list", List.of("a", 1, 0.5f));
        assertThat(render("{{ [i, l, d, b] + list }}", variables))
                .isEqualTo("[1, 2, 2.0, True, 'a', 1, 0.5]");
    }

    @Test
    void blocks_swallow_their_line_unless_told_not_to() {
        assertThat(render("a\n  {% if true %}\nb\n  {% endif %}\nc\n")).isEqualTo("a\nb\nc");
        assertThat(render("a\n  {%+ if true +%}\nb\n  {%- endif -%}\nc")).isEqualTo("a\n  \nbc");
        assertThat(render("a {{- 1 -}} b {# c #} {{ 2 }}\n\n")).isEqualTo("a1b  2\n");
        assertThat(render("  {% raw %}{{ x }}{% endraw %}\ny")).isEqualTo("{{ x }}y");
    }

    @Test
    void assignments_in_a_loop_stay_there_and_namespaces_carry_them_out() {
        assertThat(render("{% set x = 1 %}{% for i in [1] %}{% set x = 2 %}{% endfor %}{{ x }}"))
                .isEqualTo("1");
        String template =
                "{% set n = namespace(x=1) %}{% for i in [4] %}{% set n.x = i %}{% endfor %}"
                        + "{{ n.x }}";
        assertThat(render(template)).isEqualTo("4");
    }

    @Test
    void a_loop_knows_its_neighbours_and_its_place() {
        String template =
                "{% for i in 'abc' %}{{ loop.index }}{{ loop.revindex0 }}{{ loop.previtem }}"
                        + "{{ loop.nextitem }}{{ loop.first }}{{ loop.last }}"
                        + "{{ loop.cycle('x', 'y') }};{% endfor %}";
        assertThat(render(template)).isEqualTo("12bTrueFalsex;21acFalseFalsey;30bFalseTruex;");
    }

    @Test
    void the_condition_of_a_loop_sees_what_the_body_did() {
        String template =
                "{% set n = namespace(stop=false) %}{% for i in [1, 2] if not n.stop %}{{ i }}"
                        + "{% set n.stop = true %}{% else %}none{% endfor %}";
        assertThat(render(template)).isEqualTo("1");
    }

    @Test
    void loops_break_continue_recurse_and_unpack() {
        assertThat(
                        render(
                                "{% for i in range(9) %}{% if i == 1 %}{% continue %}{% endif %}{%"
                                        + " if i == 3 %}{% break %}{% endif %}{{ i }}{% endfor %}"))
                .isEqualTo("02");
        assertThat(
                        render(
                                "{% for i in [1, [2]] recursive %}{{ loop(i) if i is iterable else"
                                        + " i }}{{ loop.depth }}{% endfor %}"))
                .isEqualTo("11221");
        assertThat(render("{% for a, (b, c) in [[1, [2, 3]]] %}{{ a }}{{ b }}{{ c }}{% endfor %}"))
                .isEqualTo("123");
    }

    @Test
    void macros_take_defaults_names_callers_and_the_rest() {
        assertThat(
                        render(
                                "{% macro m(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{"
                                        + " m(b=2, a=3) }}"))
                .isEqualTo("1132");
        assertThat(
                        render(
                                "{% macro m() %}[{{ caller(1) }}]{% endmacro %}"
                                        + "{% call(x) m() %}{{ x }}!{% endcall %}"))
                .isEqualTo("[1!]");
        assertThat(
                        render(
                                "{% macro m(a) %}{{ varargs }}{{ kwargs }}{% endmacro %}"
                                        + "{{ m(1, 2, k=3) }}"))
                .isEqualTo("(2,){'k': 3}");
    }

    @Test
    void blocks_can_be_captured_filtered_and_scoped() {
        assertThat(render("{% set x | upper %}a{{ 1 }}{% endset %}{{ x }}")).isEqualTo("A1");
        assertThat(render("{% filter upper | trim %} a {% endfilter %}")).isEqualTo("A");
        assertThat(render("{% with a = 1 %}{{ a }}{% endwith %}{{ a is defined }}"))
                .isEqualTo("1False");
        assertThat(render("{% generation %}x{% endgeneration %}")).isEqualTo("x");
    }

    @Test
    void the_time_is_the_one_given() {
        assertThat(render("{{ strftime_now('%d %b %Y, %A %-d %B %H:%M:%S %j %p %y') }}"))
                .isEqualTo("03 Feb 2026, Tuesday 3 February 14:05:06 034 PM 26");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {
                "a\\n {{ 1 + }}@CORRUPT@line 2, column 9",
                "{% if x %}@CORRUPT@line 1, column 11",
                "x {% endfor %}@CORRUPT@line 1, column 6",
                "{{ [1 }}@CORRUPT@line 1, column 7",
                "{% break %}@CORRUPT@line 1, column 4",
                "{# x@CORRUPT@line 1, column 3",
                "{% include 'x' %}@UNSUPPORTED@line 1, column 4",
                "a\\n\\n{{ 1 | shuffle }}@UNSUPPORTED@line 3, column 8",
                "{{ 1 is prime }}@UNSUPPORTED@line 1, column 6",
                "{{ 1 + 'a' }}@INVALID@line 1, column 4",
                "{{ [].append(1) }}@INVALID@line 1, column 13",
                "\\n{{ raise_exception('no tools here') }}@INVALID@line 2, column 19",
            })
    void a_fault_names_its_place(String template, Fault.Code code, String place) {
        Fault fault = fault(template.replace("\\n", "\n"));
        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault.getMessage()).contains(place);
    }

    @Test
    void the_templates_own_message_reaches_the_reader() {
        assertThat(fault("{{ raise_exception('no tools here') }}").getMessage())
                .contains("no tools here");
    }

    @Test
    void a_list_that_contains_itself_is_refused() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        Fault fault = catchThrowableOfType(Fault.class, () -> render("{{ x }}", Map.of("x", list)));
        assertThat(fault.code()).isEqualTo(Fault.Code.CORRUPT);
    }
}
