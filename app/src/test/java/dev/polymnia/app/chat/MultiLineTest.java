package dev.polymnia.app.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MultiLineTest {
    @ParameterizedTest
    @ValueSource(strings = {"a\\", "a\nb\\", "\"\"\"", "\"\"\"\nfirst\n", " \"\"\"x", "a\\\\\\"})
    void more_lines_are_to_come(String text) {
        assertThat(MultiLine.isUnfinished(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "it's", "say \"hi", "a\\\\", "\"\"\"\nx\n\"\"\"", "why \"\"\"?"})
    void a_text_is_whole(String text) {
        assertThat(MultiLine.isUnfinished(text)).isFalse();
    }

    @Test
    void the_marks_are_not_part_of_the_text() {
        assertThat(MultiLine.joined("one\\\ntwo\\\nthree")).isEqualTo("one\ntwo\nthree");
        assertThat(MultiLine.joined("\"\"\"\nfirst\n\n  second\n\"\"\""))
                .isEqualTo("first\n\n  second");
        assertThat(MultiLine.joined("C:\\temp is \"it\"")).isEqualTo("C:\\temp is \"it\"");
    }
}
