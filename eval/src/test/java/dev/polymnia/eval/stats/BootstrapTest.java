package dev.polymnia.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.polymnia.eval.stats.Bootstrap.Estimate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BootstrapTest {
    @Test
    void the_variance_of_resampled_means_is_that_of_the_binomial_distribution() {
        double[] values = new double[200];
        Arrays.fill(values, 0, 60, 1);
        double[] means = Bootstrap.resampled(values, Bootstrap.RESAMPLES, 1);
        double mean = Arrays.stream(means).average().orElseThrow();
        double variance =
                Arrays.stream(means).map(x -> (x - mean) * (x - mean)).sum() / means.length;
        double expected = 0.3 * 0.7 / 200;
        assertThat(mean).isEqualTo(0.3, within(0.002));
        // The standard error of a variance from 10,000 values is 1.4 %.
        assertThat(variance).isEqualTo(expected, within(0.06 * expected));
    }

    @Test
    void the_interval_of_a_share_is_about_the_normal_one() {
        Estimate estimate = Bootstrap.mean(shares(120, 400), 3).orElseThrow();
        double half = 1.96 * Math.sqrt(0.3 * 0.7 / 400);
        assertThat(estimate.questions()).isEqualTo(400);
        assertThat(estimate.value()).isEqualTo(0.3, within(1e-12));
        assertThat(estimate.interval().low()).isEqualTo(0.3 - half, within(0.006));
        assertThat(estimate.interval().high()).isEqualTo(0.3 + half, within(0.006));
    }

    @Test
    void the_same_seed_gives_the_same_numbers() {
        Map<String, List<Double>> values = shares(7, 30);
        assertThat(Bootstrap.mean(values, 5)).isEqualTo(Bootstrap.mean(values, 5));
        assertThat(Bootstrap.resampled(new double[] {0, 1, 0.5}, 50, 5))
                .isEqualTo(Bootstrap.resampled(new double[] {0, 1, 0.5}, 50, 5))
                .isNotEqualTo(Bootstrap.resampled(new double[] {0, 1, 0.5}, 50, 6));
    }

    @Test
    void the_order_of_the_questions_does_not_matter() {
        Map<String, List<Double>> forward = new LinkedHashMap<>();
        Map<String, List<Double>> backward = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            forward.put("q" + i, List.of(i / 20.0));
            backward.put("q" + (19 - i), List.of((19 - i) / 20.0));
        }
        assertThat(Bootstrap.mean(backward, 9)).isEqualTo(Bootstrap.mean(forward, 9));
    }

    @Test
    void many_epochs_of_few_questions_are_not_many_questions() {
        Map<String, List<Double>> once = shares(5, 10);
        Map<String, List<Double>> often = new HashMap<>();
        once.forEach((id, values) -> often.put(id, Collections.nCopies(100, values.getFirst())));
        assertThat(Bootstrap.mean(often, 2)).isEqualTo(Bootstrap.mean(once, 2));
    }

    @Test
    void a_question_weighs_the_same_however_many_epochs_it_has() {
        Estimate estimate =
                Bootstrap.mean(Map.of("a", List.of(1.0), "b", List.of(0.0, 0.0, 0.0)), 1)
                        .orElseThrow();
        assertThat(estimate.value()).isEqualTo(0.5);
    }

    @Test
    void equal_runs_differ_by_nothing_at_all() {
        Estimate estimate = Bootstrap.difference(shares(10, 40), shares(10, 40), 4).orElseThrow();
        assertThat(estimate.value()).isZero();
        assertThat(estimate.interval()).isEqualTo(new Interval(0, 0));
    }

    @Test
    void pairing_makes_the_interval_narrow() {
        Map<String, List<Double>> first = shares(100, 200);
        Map<String, List<Double>> second = shares(110, 200);
        Estimate paired = Bootstrap.difference(first, second, 8).orElseThrow();
        Interval alone = Bootstrap.mean(second, 8).orElseThrow().interval();
        assertThat(paired.value()).isEqualTo(0.05, within(1e-12));
        assertThat(paired.interval().low()).isPositive();
        // The variance of the differences is 0.05 * 0.95, of one run it is 0.55 * 0.45.
        assertThat(paired.interval().high() - paired.interval().low())
                .isLessThan(0.6 * (alone.high() - alone.low()));
    }

    @Test
    void only_common_questions_count() {
        Estimate estimate =
                Bootstrap.difference(
                                Map.of("a", List.of(0.0), "b", List.of(1.0)),
                                Map.of("a", List.of(1.0), "c", List.of(0.0)),
                                1)
                        .orElseThrow();
        assertThat(estimate.questions()).isEqualTo(1);
        assertThat(estimate.value()).isEqualTo(1);
    }

    @Test
    void nothing_has_no_mean() {
        assertThat(Bootstrap.mean(Map.of(), 1)).isEmpty();
        assertThat(Bootstrap.mean(Map.of("a", List.<Double>of()), 1)).isEmpty();
        assertThat(Bootstrap.difference(Map.of("a", List.of(1.0)), Map.of("b", List.of(1.0)), 1))
                .isEmpty();
    }

    /// The first questions are right, the others wrong.
    private static Map<String, List<Double>> shares(int right, int all) {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        IntStream.range(0, all).forEach(i -> values.put("q" + i, List.of(i < right ? 1.0 : 0.0)));
        return values;
    }
}
