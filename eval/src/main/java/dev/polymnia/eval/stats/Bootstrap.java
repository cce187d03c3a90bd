package dev.polymnia.eval.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Percentile bootstrap of means (Efron and Tibshirani 1993, "An Introduction to the Bootstrap",
/// chapter 13), with 10,000 resamples.
///
/// What is resampled are questions, not rows: answers to one question in several epochs depend on
/// each other, so a question is drawn with all its epochs (a cluster bootstrap) and weighs the same
/// however many it has. The same values and the same seed give the same numbers, in whatever order
/// the map is.
public final class Bootstrap {
    /// How often the questions are resampled.
    public static final int RESAMPLES = 10_000;

    private static final RandomGeneratorFactory<RandomGenerator> RANDOM =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private Bootstrap() {}

    /// A mean, or a difference of means, with its interval.
    ///
    /// @param questions over how many questions
    /// @param value the mean of the questions' means, or the mean of their differences
    /// @param interval its 95 % interval: the 2.5 % and the 97.5 % quantile of the resamples
    public record Estimate(int questions, double value, Interval interval) {}

    /// Returns the mean over questions.
    ///
    /// @param values of each question by its id, one for each epoch; questions without a value are
    ///   left out
    /// @param seed of the random numbers
    /// @return the mean; empty if there is no value
    public static Optional<Estimate> mean(Map<String, ? extends List<Double>> values, long seed) {
        return estimate(means(values).values().stream().mapToDouble(x -> x).toArray(), seed);
    }

    /// Returns how much better the second run is than the first over the questions that both
    /// answered. Pairing takes out how hard the questions are.
    ///
    /// @param first values of each question by its id, one for each epoch
    /// @param second the same of the other run
    /// @param seed of the random numbers
    /// @return the mean of second minus first; empty if they have no question in common
    public static Optional<Estimate> difference(
            Map<String, ? extends List<Double>> first,
            Map<String, ? extends List<Double>> second,
            long seed) {
        NavigableMap<String, Double> one = means(first);
        NavigableMap<String, Double> other = means(second);
        TreeSet<String> common = new TreeSet<>(one.keySet());
        common.retainAll(other.keySet());
        double[] differences =
                common.stream()
                        .mapToDouble(id -> other.getOrDefault(id, 0.0) - one.getOrDefault(id, 0.0))
                        .toArray();
        return estimate(differences, seed);
    }

    private static Optional<Estimate> estimate(double[] values, long seed) {
        if (values.length == 0) {
            return Optional.empty();
        }
        double[] means = resampled(values, RESAMPLES, seed);
        Arrays.sort(means);
        Interval interval =
                new Interval(Quantiles.ofSorted(means, 0.025), Quantiles.ofSorted(means, 0.975));
        return Optional.of(
                new Estimate(values.length, Arrays.stream(values).average().orElse(0), interval));
    }

    /// Returns the mean of each resample, in no order that means something.
    ///
    /// @param values at least one
    static double[] resampled(double[] values, int resamples, long seed) {
        RandomGenerator random = RANDOM.create(seed);
        double[] means = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            double sum = 0;
            for (int drawn = 0; drawn < values.length; drawn++) {
                sum += values[random.nextInt(values.length)];
            }
            means[i] = sum / values.length;
        }
        return means;
    }

    /// Returns the mean of each question, in the order of the ids.
    private static NavigableMap<String, Double> means(Map<String, ? extends List<Double>> values) {
        NavigableMap<String, Double> means = new TreeMap<>();
        values.forEach((id, epochs) ->
                epochs.stream()
                        .mapToDouble(value -> value)
                        .average()
                        .ifPresent(mean -> means.put(id, mean)));
        return means;
    }
}
