package dev.polymnia.eval.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LettersTest {
    @Test
    void options_are_read_after_the_last_line_that_says_so() {
        assertThat(
                        Letters.listed(
                                """
                                Which?
                                Options:
                                are below
                                Options:\s
                                (A) one\s
                                (B)\s
                                (C) (B)
                                """))
                .containsExactly("one", "", "(B)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Which?\n(A) one\n(B) two",
                "Options:\n- Yes\n- No",
                "Options:\n(A) one\n(C) two",
                "Options:\n(B) one\n(C) two",
                "Options:\n(A) one\nand more\n(B) two",
                "Options: (A) one (B) two",
                "Options:"
            })
    void what_is_no_list_of_letters_has_no_options(String question) {
        assertThat(Letters.listed(question)).isEmpty();
    }

    @Test
    void options_are_listed_with_their_letters() {
        assertThat(Letters.lines(List.of("red", "$1 \\ back")))
                .isEqualTo("(A) red\n(B) $1 \\ back");
    }
}
