package dev.polymnia.models.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whatever the input, the interpreter renders or throws a fault, and nothing else.
final class FuzzTest {
    private static final long SEED = 20260203;

    private static final List<String> WORDS =
            List.of(
                    "{{",
                    "}}",
                    "{%",
                    "%}",
                    "{%-",
                    "-%}",
                    "{#",
                    "#}",
                    "\n",
                    " ",
                    "if",
                    "else",
                    "elif",
                    "endif",
                    "for",
                    "in",
                    "endfor",
                    "set",
                    "endset",
                    "=",
                    "macro",
                    "endmacro",
                    "call",
                    "endcall",
                    "caller",
                    "(",
                    ")",
                    "[",
                    "]",
                    "{",
                    "}",
                    ",",
                    ":",
                    ".",
                    "|",
                    "~",
                    "+",
                    "-",
                    "*",
                    "/",
                    "//",
                    "%",
                    "**",
                    "==",
                    "!=",
                    "<",
                    ">=",
                    "and",
                    "or",
                    "not",
                    "is",
                    "defined",
                    "none",
                    "true",
                    "x",
                    "y",
                    "messages",
                    "loop",
                    "loop.index",
                    "loop.last",
                    "loop.nextitem",
                    "recursive",
                    "namespace",
                    "range",
                    "'a'",
                    "'%s'",
                    "'{}'",
                    "\"b",
                    "1",
                    "0",
                    "-1",
                    "1.5",
                    "99999999",
                    "tojson",
                    "length",
                    "list",
                    "join",
                    "map",
                    "select",
                    "selectattr",
                    "sort",
                    "unique",
                    "items",
                    "dictsort",
                    "batch",
                    "slice",
                    "indent",
                    "replace",
                    "trim",
                    "int",
                    "float",
                    "round",
                    "format",
                    "default",
                    "first",
                    "sum",
                    "max",
                    "safe",
                    ".split",
                    ".format",
                    ".strip()",
                    ".items()",
                    ".get",
                    "[::-1]",
                    "[1:]",
                    "[0]",
                    "break",
                    "continue",
                    "filter",
                    "endfilter",
                    "with",
                    "endwith",
                    "raw",
                    "endraw",
                    "generation",
                    "endgeneration",
                    "mapping",
                    "iterable",
                    "string",
                    "é🎉");

    private static final List<String> FILTERS =
            List.of(
                    "abs",
                    "attr('x')",
                    "batch(2)",
                    "capitalize",
                    "center(9)",
                    "default(1)",
                    "dictsort",
                    "escape",
                    "first",
                    "float",
                    "format(1)",
                    "indent",
                    "int",
                    "items",
                    "join",
                    "last",
                    "length",
                    "list",
                    "lower",
                    "map('upper')",
                    "max",
                    "min",
                    "reject('none')",
                    "replace('a', x)",
                    "reverse",
                    "round",
                    "safe",
                    "select",
                    "selectattr('a')",
                    "slice(2)",
                    "sort",
                    "string",
                    "sum",
                    "title",
                    "tojson",
                    "trim",
                    "truncate(3)",
                    "unique",
                    "upper",
                    "wordcount",
                    "map(attribute='a')");

    private static final List<String> VALUES =
            List.of(
                    "x",
                    "1",
                    "-3",
                    "0",
                    "2.5",
                    "true",
                    "none",
                    "'abc'",
                    "''",
                    "'%d {}'",
                    "'é🎉'",
                    "[]",
                    "[3, 1, 2]",
                    "['b', 'A']",
                    "{'a': 1}",
                    "{}",
                    "(1, 'a')",
                    "messages",
                    "range(3)",
                    "namespace(a=1)",
                    "range",
                    "{'a': 1}.items()",
                    "'a'.upper",
                    "[1] | map('string')",
                    "9223372036854775807",
                    "1e308",
                    "[[1], {'a': none}]");

    private static final List<String> OPERATORS =
            List.of(
                    "+",
                    "-",
                    "*",
                    "/",
                    "//",
                    "%",
                    "**",
                    "~",
                    "==",
                    "<",
                    ">=",
                    "in",
                    "not in",
                    "and",
                    "or",
                    "is",
                    "is divisibleby",
                    "is in",
                    "if",
                    ".a",
                    "|");

    private int rendered;

    private void attempt(String template) {
        if (TemplateFuzz.holds(template)) {
            rendered++;
        }
    }

    private static <T> T pick(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    @Test
    void soup_of_words_renders_or_faults() {
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder soup = new StringBuilder(random.nextBoolean() ? "{{ " : "{% ");
            for (int word = random.nextInt(20); word >= 0; word--) {
                soup.append(pick(WORDS, random)).append(random.nextInt(3) > 0 ? " " : "");
            }
            attempt(soup.append(random.nextBoolean() ? " }}" : " %}").toString());
        }
        assertThat(rendered).isPositive();
    }

    @Test
    void every_operator_and_filter_takes_or_refuses_every_value() {
        Random random = new Random(SEED);
        for (String left : VALUES) {
            FILTERS.forEach(filter -> attempt("{{ (" + left + ") | " + filter + " }}"));
            FILTERS.forEach(filter ->
                    attempt(
                            "{{ (%s) | %s | %s | list }}"
                                    .formatted(left, filter, pick(FILTERS, random))));
            for (String right : VALUES) {
                OPERATORS.forEach(sign -> attempt("{{ %s %s %s }}".formatted(left, sign, right)));
                attempt("{{ (%s)[%s] }}".formatted(left, right));
                attempt("{{ (%s)[%s:] }}{{ (%1$s)[::%2$s] }}".formatted(left, right));
                attempt("{{ (%s)(%s) }}".formatted(left, right));
                attempt("{{ '%%s %%d %%5.2f' %% (%s, %s, 1) }}".formatted(left, right));
                attempt("{{ '{:5} {!r:.1}'.format(%s, %s) }}".formatted(left, right));
            }
        }
        assertThat(rendered).isGreaterThan(5_000);
    }

    @Test
    void every_text_method_takes_or_refuses_every_value() {
        for (String method : TextMethods.NAMES) {
            for (String value : VALUES) {
                attempt("{{ 'aé🎉b' . %s ( %s ) }}".formatted(method, value));
                attempt("{{ ('a<'|safe) . %s ( %s, %2$s ) }}".formatted(method, value));
                attempt("{{ 'a b a'.%s('a', %s) }}".formatted(method, value));
            }
        }
        assertThat(rendered).isPositive();
    }

    @Test
    void what_was_found_before_holds() throws IOException, URISyntaxException {
        Path folder =
                Path.of(
                        Objects.requireNonNull(
                                        FuzzTest.class.getResource(
                                                "/dev/polymnia/models/fuzz/template"))
                                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.sorted().toList();
            assertThat(found).isNotEmpty();
            for (Path file : found) {
                TemplateFuzz.fuzzerTestOneInput(Files.readAllBytes(file));
            }
        }
    }

    @Test
    void damaged_templates_render_or_fault() throws IOException, URISyntaxException {
        Random random = new Random(SEED);
        for (String name : List.of("plain-chatml", "tools-chatml")) {
            Path file =
                    Path.of(
                            Objects.requireNonNull(
                                            FuzzTest.class.getResource(
                                                    "templates/" + name + ".jinja"))
                                    .toURI());
            String template = Files.readString(file);
            for (int round = 0; round < 5_000; round++) {
                attempt(damaged(template, random));
            }
        }
        assertThat(rendered).isPositive();
    }

    private static String damaged(String template, Random random) {
        StringBuilder damaged = new StringBuilder(template);
        for (int times = random.nextInt(3); times >= 0; times--) {
            int from = random.nextInt(damaged.length());
            int to = Math.min(damaged.length(), from + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> damaged.delete(from, to);
                case 1 -> damaged.insert(from, pick(WORDS, random));
                case 2 -> damaged.replace(from, to, pick(WORDS, random));
                default -> damaged.insert(random.nextInt(from + 1), damaged.substring(from, to));
            }
        }
        return damaged.toString();
    }
}
