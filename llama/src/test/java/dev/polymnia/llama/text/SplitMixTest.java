package dev.polymnia.llama.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.run.Seeds;
import org.junit.jupiter.api.Test;

final class SplitMixTest {
    @Test
    void gives_the_numbers_of_the_reference_program() {
        // Vigna's splitmix64.c with the state 1234567.
        SplitMix random = new SplitMix(1234567);
        assertThat(random.nextLong()).isEqualTo(6457827717110365317L);
        assertThat(random.nextLong()).isEqualTo(3203168211198807973L);
        assertThat(random.nextLong()).isEqualTo(-8629252141511181193L);
    }

    @Test
    void agrees_with_the_seeds_of_agents() {
        SplitMix random = new SplitMix(-5);
        for (int i = 0; i < 100; i++) {
            assertThat(random.nextLong()).isEqualTo(Seeds.ofAgent(-5, i));
        }
    }

    @Test
    void stays_below_one() {
        SplitMix random = new SplitMix(9);
        double sum = 0;
        for (int i = 0; i < 10_000; i++) {
            double next = random.next();
            assertThat(next).isBetween(0.0, Math.nextDown(1.0));
            sum += next;
        }
        assertThat(sum / 10_000).isBetween(0.48, 0.52);
    }
}
