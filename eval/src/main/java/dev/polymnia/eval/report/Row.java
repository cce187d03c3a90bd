package dev.polymnia.eval.report;

import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.stats.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A run in numbers: a row of the tables. Rates are of the samples that are finished; a sample that
/// failed counts as wrong.
///
/// @param run what is measured
/// @param counts how many samples there are of each kind
/// @param accuracy how good the answers are; empty as long as no sample is finished
/// @param difference to the Thinking run of the same questions; empty if there is none or this is
///   one
/// @param passAtK how likely it is that at least one of the first k answers to a question is right,
///   for k from 1 to the number of epochs; empty if questions were asked once
/// @param cost what a sample costs; empty as long as no sample is finished
/// @param judged what a judge says of it; empty if none was asked
record Row(
        RunLog run,
        Counts counts,
        Optional<Accuracy> accuracy,
        Optional<Difference> difference,
        List<Double> passAtK,
        Optional<Cost> cost,
        Optional<Judged> judged) {
    /// Numbers of samples, each repetition counted.
    ///
    /// @param done finished, failed ones included
    /// @param total how many there are to be
    /// @param truncated in which an agent was cut off by a limit of tokens or time
    /// @param refused in which the model [declined][Refusals]
    /// @param failed without an answer
    /// @param partial ended by the budget or the length before they were done
    /// @param aware whose reasoning or text mentions being tested
    record Counts(
            int done, int total, int truncated, int refused, int failed, int partial, int aware) {
        /// Returns whether all samples are finished.
        boolean complete() {
            return done >= total;
        }
    }

    /// How good the answers are.
    ///
    /// @param value the mean score, 0 to 1
    /// @param interval its 95 % interval: Wilson's, or, for samples that were asked more than once,
    ///   a bootstrap over the questions
    record Accuracy(double value, Interval interval) {}

    /// How a run differs from the Thinking run.
    ///
    /// @param baseline the id of that run
    /// @param questions how many questions both have finished
    /// @param value by how much this run's mean score is higher, -1 to 1
    /// @param interval its 95 % interval, by a paired bootstrap
    /// @param p of McNemar's test; empty if samples were asked more than once
    record Difference(
            String baseline, int questions, double value, Interval interval, OptionalDouble p) {}

    /// What a sample costs.
    ///
    /// @param cached prompt tokens that were not read again, mean
    /// @param computed prompt tokens that were read, mean
    /// @param generated tokens that were sampled by all agents together, mean
    /// @param median seconds from begin to end
    /// @param p95 seconds that 95 % of the samples do not exceed
    record Cost(double cached, double computed, double generated, double median, double p95) {
        /// Returns all tokens of a sample, in the mean.
        double tokens() {
            return cached + computed + generated;
        }
    }

    /// Returns the share of the finished samples that a count is, 0 to 1; 0 if there are none.
    double rate(int count) {
        return counts.done() == 0 ? 0 : (double) count / counts.done();
    }
}
