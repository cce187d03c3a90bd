package dev.polymnia.eval.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

final class TemplateTest {
    @Test
    void places_are_filled_in_once() {
        String filled =
                Template.fill("{{a}} and {{ b c }}, {{{d}}}", name -> "<$1 {{" + name + "}}>");

        assertThat(filled).isEqualTo("<$1 {{a}}> and <$1 {{b c}}>, {<$1 {{d}}>}");
    }

    @Test
    void single_braces_and_empty_places_are_words() {
        String text = "{a} {{}} {{ }} { {b} }";

        assertThat(Template.fill(text, name -> name.toUpperCase(Locale.ROOT))).isEqualTo(text);
        assertThat(Template.hasPlaces(text)).isFalse();
        assertThat(Template.names("{{x}}{{ y }}{{x}}")).containsExactly("x", "y", "x");
    }
}
