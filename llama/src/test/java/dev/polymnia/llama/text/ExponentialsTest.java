package dev.polymnia.llama.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

final class ExponentialsTest {
    @Test
    void stays_within_its_error_bound() {
        int size = 1 << 20;
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = Exponentials.LOWEST * i / (size - 1);
        }
        float[] results = values.clone();
        Exponentials.replace(results, size, 0, 1);
        double worst = 0;
        for (int i = 0; i < size; i++) {
            worst = Math.max(worst, Math.abs(results[i] / Math.exp(values[i]) - 1));
        }
        assertThat(worst).isLessThan(Exponentials.RELATIVE_ERROR);
    }

    @Test
    void shifts_and_scales() {
        float[] values = {3, 2, -1e30f, Float.NEGATIVE_INFINITY, 99};
        Exponentials.replace(values, 4, 3, 0.5f);
        assertThat(values[0]).isEqualTo(1);
        assertThat((double) values[1]).isCloseTo(Math.exp(-0.5), offset(1e-5));
        assertThat((double) values[2]).isCloseTo(0, offset(1e-17));
        assertThat((double) values[3]).isCloseTo(0, offset(1e-17));
        assertThat(values[4]).isEqualTo(99);
    }

    @Test
    void adds_up_the_first_values() {
        float[] values = {1, 2, 3, 4, 5, 6, 7, 8, 1, 1, 1, 1, 1, 1, 1, 1, 100};
        assertThat(Exponentials.sum(values, 16)).isEqualTo(44);
    }
}
