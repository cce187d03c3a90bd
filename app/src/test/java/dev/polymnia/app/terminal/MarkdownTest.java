package dev.polymnia.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Node;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.junit.jupiter.api.Test;

final class MarkdownTest {
    @Test
    void paragraphs_are_filled() {
        assertThat(lines("one two\nthree four", 9)).containsExactly("one two", "three", "four");
    }

    @Test
    void lists_have_marks_and_hang() {
        assertThat(lines("- a long item\n- b\n  1. x\n  2. y", 10))
                .containsExactly("• a long", "  item", "• b", "  1. x", "  2. y");
    }

    @Test
    void a_list_begins_with_the_number_that_is_written() {
        assertThat(lines("7. a\n8. b", 20)).containsExactly("7. a", "8. b");
    }

    @Test
    void loose_lists_have_space_between_their_items() {
        assertThat(lines("- a\n\n- b\n\n  c", 20)).containsExactly("• a", "", "• b", "  ", "  c");
    }

    @Test
    void code_is_not_filled() {
        assertThat(lines("```java\nint a  = 1;\n\n\tb();\n```", 40))
                .containsExactly("  int a  = 1;", "  ", "      b();");
    }

    @Test
    void quotes_have_a_bar() {
        assertThat(lines("> one two three", 9)).containsExactly("▎ one two", "▎ three");
    }

    @Test
    void links_show_where_they_lead() {
        assertThat(lines("[here](https://example.org) <https://a.example>", 80))
                .containsExactly("here (https://example.org) https://a.example");
    }

    @Test
    void tables_have_columns_if_they_fit() {
        String table = "| a | number |\n| --- | ---: |\n| **xyz** | 1 |\n| b | 22 |";

        assertThat(lines(table, 40))
                .containsExactly("a   ┊ number", "╌╌╌╌┊╌╌╌╌╌╌╌", "xyz ┊      1", "b   ┊     22");
    }

    @Test
    void tables_that_do_not_fit_become_lines() {
        String table = "| name | number |\n| --- | --- |\n| x | 1 |\n| y | 2 |";

        assertThat(lines(table, 11))
                .containsExactly("name: x", "number: 1", "", "name: y", "number: 2");
    }

    @Test
    void html_and_latex_stay_as_they_are() {
        assertThat(lines("$x^2$ and \\(y\\) <b>z</b>", 80))
                .containsExactly("$x^2$ and (y) <b>z</b>");
    }

    @Test
    void control_characters_do_not_reach_the_terminal() {
        for (String text :
                List.of("a\u001b[2J", "`\u001b]0;x\u0007`", "```\n\u001b[H\n```", "[a](\u009bx)")) {
            assertThat(lines(text, 80))
                    .allSatisfy(line ->
                            assertThat(line.codePoints().anyMatch(Character::isISOControl))
                                    .isFalse());
        }
    }

    @Test
    void words_have_their_weight_unless_colours_are_unwelcome() {
        Node node = Markdown.parser().parse("**a**").getFirstChild();

        assertThat(Markdown.lines(node, new Ink(true), 80).getFirst().styleAt(0))
                .isEqualTo(AttributedStyle.DEFAULT.bold());
        assertThat(Markdown.lines(node, new Ink(false), 80).getFirst().styleAt(0))
                .isEqualTo(AttributedStyle.DEFAULT);
    }

    private static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        Node document = Markdown.parser().parse(text);
        for (Node block = document.getFirstChild(); block != null; block = block.getNext()) {
            Markdown.lines(block, new Ink(false), width).stream()
                    .map(AttributedString::toString)
                    .forEach(lines::add);
        }
        return lines;
    }
}
