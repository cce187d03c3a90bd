package dev.polymnia.eval.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SampleSeedsTest {
    @Test
    void a_seed_depends_on_the_run_the_sample_and_the_epoch() {
        Set<Long> seeds = new HashSet<>();
        for (int run = 0; run < 5; run++) {
            for (int epoch = 1; epoch < 5; epoch++) {
                for (String id : new String[] {"a", "b", "ab", "é"}) {
                    assertThat(seeds.add(SampleSeeds.of(run, id, epoch))).isTrue();
                }
            }
        }
    }

    @Test
    void a_seed_is_the_same_in_every_version() {
        // printf '\\0\\0\\0\\0\\0\\0\\0\\7\\0\\0\\0\\1x' | sha256sum
        assertThat(SampleSeeds.of(7, "x", 1)).isEqualTo(0x37ea2af342fad91cL);
    }
}
