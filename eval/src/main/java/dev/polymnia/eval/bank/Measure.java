package dev.polymnia.eval.bank;

import dev.polymnia.eval.stats.Bootstrap;
import dev.polymnia.eval.stats.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How good answers are.
///
/// @param value the mean score, 0 to 1
/// @param interval its 95 % interval: Wilson's, or, where questions were asked more than once, a
///   bootstrap over the questions
public record Measure(double value, Interval interval) {
    /// The bootstrap's; fixed, so that equal runs give equal reports.
    static final long SEED = 1;

    /// Measures answers.
    ///
    /// @param values of each question by its id, one for each epoch
    /// @return empty if there are none
    static Optional<Measure> of(Map<String, List<Double>> values) {
        if (values.values().stream().anyMatch(epochs -> epochs.size() > 1)) {
            return Bootstrap.mean(values, SEED)
                    .map(mean -> new Measure(mean.value(), mean.interval()));
        }
        int n = values.size();
        double sum = values.values().stream().flatMap(List::stream).mapToDouble(each -> each).sum();
        return n == 0
                ? Optional.empty()
                : Optional.of(new Measure(sum / n, Interval.wilson(Math.min(sum, n), n)));
    }
}
