package dev.polymnia.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrintableTest {
    @Test
    void control_characters_are_taken_out() {
        assertThat(Printable.text("a\u001b[31mb\u0007c\u009b2Jd\u007fe\u0000"))
                .isEqualTo("a[31mbc2Jde");
    }

    @Test
    void marks_that_turn_the_direction_are_taken_out() {
        assertThat(Printable.text("user\u202e\u2066admin")).isEqualTo("useradmin");
    }

    @Test
    void line_feeds_and_tabs_stay_and_all_line_ends_are_alike() {
        assertThat(Printable.text("a\r\nb\rc\n\td")).isEqualTo("a\nb\nc\n\td");
    }

    @Test
    void other_scripts_and_emoji_stay() {
        assertThat(Printable.text("日本語 שלום 👩‍👧 é")).isEqualTo("日本語 שלום 👩‍👧 é");
    }

    @Test
    void a_line_is_one_line() {
        assertThat(Printable.line(" a\n\tb ")).isEqualTo("a     b");
    }
}
