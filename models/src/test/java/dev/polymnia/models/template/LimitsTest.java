package dev.polymnia.models.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Fault;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A template cannot take more than it is given.
final class LimitsTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 2, 3, 4, 5, 6);

    static Stream<String> greedyTemplates() {
        return Stream.of(
                "{{ 'x' * 999999999999 }}",
                "{{ [1] * 999999999999 }}",
                "{{ range(100001) }}",
                "{{ ('é' * 9999999).find('é' * 4999999 ~ 'x') }}",
                "{{ ('a' * 9999999 ~ 'b') in ('a' * 19999999) }}",
                "{% set s = '日' * 9999999 %}{% for a in range(99999) %}{{ s[-1] }}{% endfor %}",
                "{% set s = '日' * 9999999 %}{% for a in range(99999) %}{{ s | length }}"
                        + "{% endfor %}",
                "{% set s = 'x' * 9999999 %}{% set t = 'x' * 9999999 %}"
                        + "{% for a in range(99999) %}{{ s == t }}{% endfor %}",
                "{{ ('a b ' * 9999999).split() }}",
                "{% set s = [1] * 9999999 %}{% for a in s %}{% for b in s %}{{ loop.length }}"
                        + "{% endfor %}{% endfor %}",
                "{{ '%999999d' % 1 ~ ('%999999d|' * 999) % range(999) | list }}",
                "{{ ('{:999999}' * 99).format(*range(99)) }}",
                "{{ 'x'.center(9999999999) }}",
                "{{ 'x' | indent(9999999999, true) }}",
                "{{ 9999999999 ** 99999999999 }}",
                "{{ [[]] | tojson(indent=999999999) }}",
                "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
                "{% for a in range(99999) %}{{ 'x' * 9999 }}{% endfor %}",
                "{% set n = namespace(s='x') %}{% for a in range(99) %}{% set n.s = n.s + n.s %}"
                        + "{% endfor %}",
                "{% set n = namespace(s=[1]) %}{% for a in range(99) %}{% set n.s = n.s + n.s %}"
                        + "{% endfor %}",
                "{% set n = namespace(s='a') %}{% for a in range(99) %}"
                        + "{% set n.s = n.s | replace('', 'aa') %}{% endfor %}",
                "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
                "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
                "{% set n = namespace(s=[]) %}{% for a in range(9999) %}{% set n.s = [n.s] %}"
                        + "{% endfor %}{{ n.s }}",
                "{% set n = namespace(s=[]) %}{% for a in range(9999) %}{% set n.s = [n.s] %}"
                        + "{% endfor %}{{ n.s | tojson }}",
                "{% set n = namespace(s=[], t=[]) %}{% for a in range(9999) %}"
                        + "{% set n.s = [n.s] %}{% set n.t = [n.t] %}{% endfor %}{{ n.s == n.t }}",
                "{% set n = namespace() %}{% set n.n = n %}{{ n }}",
                "{{ " + "(".repeat(9999) + "1" + ")".repeat(9999) + " }}",
                "{{ " + "[".repeat(9999) + "]".repeat(9999) + " }}",
                "{{ " + "not ".repeat(9999) + "1 }}",
                "{{ " + "- ".repeat(9999) + "1 }}",
                "{{ 1" + " + 1".repeat(9999) + " }}",
                "{{ x" + "|d".repeat(9999) + " }}",
                "{% if 1 %}".repeat(9999),
                "{{ 1" + " if 1 else 1".repeat(9999) + " }}",
                "{% for " + "(".repeat(9999) + "x in y %}",
                "{{ [1] | map(" + "'map', ".repeat(9999) + "'list') | list }}");
    }

    @ParameterizedTest
    @MethodSource("greedyTemplates")
    void a_greedy_template_is_stopped(String template) {
        Fault fault =
                catchThrowableOfType(
                        Fault.class, () -> ChatTemplate.parse(template).render(Map.of(), NOW));
        assertThat(fault).isNotNull();
        assertThat(fault.code()).isIn(Fault.Code.CORRUPT, Fault.Code.INVALID);
    }

    @Test
    void a_long_template_is_not_read() {
        Limits limits = new Limits(10, 10, 10, 10, 10, 10);
        Fault fault =
                catchThrowableOfType(Fault.class, () -> ChatTemplate.parse("x".repeat(11), limits));
        assertThat(fault.code()).isEqualTo(Fault.Code.CORRUPT);
    }

    @Test
    void a_long_prompt_is_not_written() {
        Limits limits = new Limits(100, 10, 10, 100, 100, 10);
        ChatTemplate template = ChatTemplate.parse("{{ x }}{{ x }}", limits);
        assertThat(template.render(Map.of("x", "12345"), NOW)).hasSize(10);
        Fault fault =
                catchThrowableOfType(
                        Fault.class, () -> template.render(Map.of("x", "123456"), NOW));
        assertThat(fault.code()).isEqualTo(Fault.Code.CORRUPT);
    }

    @Test
    void limits_that_the_stack_cannot_hold_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 1, 100_000, 1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 1, 1, 0, 1, 1));
    }
}
