package dev.polymnia.agents.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LoopsTest {
    private static final String STEP = "Now we add the two numbers and get the same again. ";

    @Test
    void a_sentence_said_again_and_again_is_a_loop() {
        assertThat(Loops.isLooping("First, think. " + STEP.repeat(4))).isTrue();
        assertThat(Loops.isLooping("First, think. " + STEP.repeat(6) + "Now we add the")).isTrue();
        assertThat(Loops.isLooping(STEP.repeat(9) + "\nAnswer: 31")).isTrue();
        assertThat(Loops.isLooping("wait ".repeat(40))).isTrue();
        assertThat(Loops.isLooping("\u54c8".repeat(300))).isTrue();
        assertThat(Loops.isLooping("ab".repeat(150))).isTrue();
    }

    @Test
    void a_chain_that_gets_on_is_not() {
        String steps =
                IntStream.range(0, 60)
                        .mapToObj(i ->
                                "Step "
                                        + i
                                        + ": add 2 to "
                                        + 2 * i
                                        + " and get "
                                        + (2 * i + 2)
                                        + ".")
                        .collect(Collectors.joining("\n"));

        assertThat(Loops.isLooping(steps)).isFalse();
        assertThat(Loops.isLooping("")).isFalse();
        assertThat(Loops.isLooping("   ")).isFalse();
        assertThat(Loops.isLooping("0 0 0 0 0 0 0 0 0 0")).isFalse();
        assertThat(Loops.isLooping(STEP.repeat(3))).isFalse();
        assertThat(Loops.isLooping("Row row row your boat.\n" + "-".repeat(80))).isFalse();
    }
}
