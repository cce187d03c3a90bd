package dev.polymnia.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SeedsTest {
    @Test
    void seeds_are_the_outputs_of_split_mix_64() {
        assertThat(IntStream.range(0, 3).mapToLong(i -> Seeds.ofAgent(1234567, i)))
                .containsExactly(6457827717110365317L, 3203168211198807973L, -8629252141511181193L);
    }

    @Test
    void agents_have_seeds_of_their_own() {
        assertThat(IntStream.range(0, 1000).mapToLong(i -> Seeds.ofAgent(7, i)))
                .doesNotHaveDuplicates();
    }

    @Test
    void agents_are_counted_from_zero() {
        assertThatThrownBy(() -> Seeds.ofAgent(1, -1)).hasMessageContaining("-1");
    }
}
