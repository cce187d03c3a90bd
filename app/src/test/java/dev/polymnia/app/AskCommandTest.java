package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AskCommandTest {
    @Test
    void what_is_piped_in_comes_after_the_question() {
        assertThat(AskCommand.words(List.of("Sum", "up:", "-"), () -> " one two \n"))
                .isEqualTo("Sum up:\n\none two");
        assertThat(AskCommand.words(List.of(), () -> "Why?\n")).isEqualTo("Why?");
        assertThat(
                        AskCommand.words(
                                List.of("Why?"),
                                () -> {
                                    throw new AssertionError("read without need");
                                }))
                .isEqualTo("Why?");
    }
}
