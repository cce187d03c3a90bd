package dev.polymnia.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MediansTest {
    @Test
    void theMedianOfAnOddNumberIsTheMiddleOne() {
        assertThat(Medians.of(List.of(9, 1, 4))).isEqualTo(4);
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        assertThat(Medians.of(List.of(4.0, 1.0, 9.0, 2.0))).isEqualTo(3);
    }

    @Test
    void nothingHasNoMedian() {
        assertThat(Medians.of(List.of())).isNaN();
    }
}
