package dev.polymnia.eval.ifeval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VariantsTest {
    @Test
    void three_lines_have_eight_variants() {
        assertThat(Variants.of("*a*\n *b* \n*c*"))
                .containsExactly(
                        "*a*\n *b* \n*c*",
                        "*b* \n*c*",
                        "*a*\n *b*",
                        "*b*",
                        "a\n b \nc",
                        "b \nc",
                        "a\n b",
                        "b");
    }

    @Test
    void a_line_loses_all() {
        assertThat(Variants.of("*a*")).containsExactly("*a*", "", "a");
    }

    @Test
    void two_lines_lose_one_or_both() {
        assertThat(Variants.of("a\nb")).containsExactly("a\nb", "b", "a", "");
    }

    @Test
    void the_response_itself_is_not_stripped() {
        assertThat(Variants.of(" a ")).startsWith(" a ");
    }
}
