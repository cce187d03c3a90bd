package dev.polymnia.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ConfidenceWindowTest {
    @Test
    void before_it_is_full_the_mean_is_of_what_has_come() {
        ConfidenceWindow window = new ConfidenceWindow(3);

        assertThat(window.mean()).isNaN();
        assertThat(window.add(token(1))).isEqualTo(1);
        assertThat(window.add(token(3))).isEqualTo(2);
        assertThat(window.isFull()).isFalse();
        assertThat(window.lowest()).isNaN();
    }

    @Test
    void once_it_is_full_the_oldest_goes_and_the_lowest_stays() {
        ConfidenceWindow window = new ConfidenceWindow(2);
        window.add(token(4));
        assertThat(window.add(token(2))).isEqualTo(3);
        assertThat(window.isFull()).isTrue();
        assertThat(window.add(token(0))).isEqualTo(1);
        assertThat(window.add(token(8))).isEqualTo(4);

        assertThat(window.lowest()).isEqualTo(1);
    }

    @Test
    void a_token_without_confidence_is_passed_over() {
        ConfidenceWindow window = new ConfidenceWindow(2);

        assertThat(window.add(token(Double.NaN))).isNaN();
        window.add(token(4));
        assertThat(window.add(token(Double.NaN))).isEqualTo(4);
        assertThat(window.isFull()).isFalse();
        window.add(token(2));
        assertThat(window.lowest()).isEqualTo(3);
    }

    @Test
    void an_infinite_confidence_goes_as_it_came() {
        ConfidenceWindow window = new ConfidenceWindow(3);
        window.add(token(1));
        assertThat(window.add(token(Double.POSITIVE_INFINITY))).isEqualTo(Double.POSITIVE_INFINITY);
        window.add(token(2));
        assertThat(window.lowest()).isEqualTo(Double.POSITIVE_INFINITY);
        window.add(token(3));

        assertThat(window.add(token(4))).isEqualTo(3);
        assertThat(window.lowest()).isEqualTo(3);
    }

    @Test
    void a_window_holds_a_token_at_least() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConfidenceWindow(0))
                .withMessageContaining("choose 1 or more");
    }

    @Test
    void agrees_with_plain_means() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int length = 1 + random.nextInt(9);
            ConfidenceWindow window = new ConfidenceWindow(length);
            List<Double> came = new ArrayList<>();
            double lowest = Double.NaN;
            for (int i = 0; i < 60; i++) {
                double confidence = confidence(random);
                if (!Double.isNaN(confidence)) {
                    came.add(confidence);
                }
                double expected =
                        came.subList(Math.max(0, came.size() - length), came.size()).stream()
                                .mapToDouble(Double::doubleValue)
                                .average()
                                .orElse(Double.NaN);
                if (came.size() >= length) {
                    lowest = Double.isNaN(lowest) ? expected : Math.min(lowest, expected);
                }

                double told = window.add(token(confidence));

                assertSame(told, expected, seed);
                assertSame(window.mean(), expected, seed);
                assertSame(window.lowest(), lowest, seed);
                assertThat(window.isFull()).isEqualTo(came.size() >= length);
            }
        }
    }

    private static double confidence(SplittableRandom random) {
        return switch (random.nextInt(12)) {
            case 0 -> Double.NaN;
            case 1 -> random.nextInt(4) == 0 ? Double.POSITIVE_INFINITY : 1e6;
            default -> random.nextDouble(20);
        };
    }

    private static void assertSame(double told, double expected, int seed) {
        if (Double.isFinite(expected)) {
            assertThat(told).as("seed %d", seed).isCloseTo(expected, within(1e-6));
        } else {
            assertThat(Double.valueOf(told))
                    .as("seed %d", seed)
                    .isEqualTo(Double.valueOf(expected));
        }
    }

    private static TokenDetail token(double confidence) {
        return new TokenDetail(1, "", -0.5, confidence, List.of());
    }
}
