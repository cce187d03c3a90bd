package dev.polymnia.eval.report;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Usage;
import dev.polymnia.eval.Judgements;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.aware.Awareness;
import dev.polymnia.eval.report.Row.Accuracy;
import dev.polymnia.eval.report.Row.Cost;
import dev.polymnia.eval.report.Row.Counts;
import dev.polymnia.eval.report.Row.Difference;
import dev.polymnia.eval.stats.Bootstrap;
import dev.polymnia.eval.stats.Interval;
import dev.polymnia.eval.stats.McNemar;
import dev.polymnia.eval.stats.PassAtK;
import dev.polymnia.eval.stats.Quantiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Measures runs.
final class Rows {
    /// The bootstrap's; fixed, so that equal runs give equal reports.
    static final long SEED = 1;

    private static final Comparator<RunLog> ORDER =
            comparing((RunLog run) -> run.setup().task())
                    .thenComparing(run -> run.setup().dataDigest())
                    .thenComparing(run -> run.setup().model())
                    .thenComparing(run -> run.setup().modelDigest())
                    .thenComparing(run -> run.setup().promptDigest())
                    .thenComparingLong(run -> run.setup().seed())
                    .thenComparing(run -> run.setup().mode())
                    .thenComparing(RunLog::started)
                    .thenComparing(RunLog::id);

    private Rows() {}

    /// Returns a row for each run, ordered by task, data, model, prompts, seed and mode.
    ///
    /// @param judgements what a judge says, by the id of the run; of other runs no judge was asked
    static List<Row> of(List<RunLog> runs, Map<String, Judgements> judgements) {
        return runs.stream()
                .sorted(ORDER)
                .map(run -> row(run, runs, Optional.ofNullable(judgements.get(run.id()))))
                .toList();
    }

    private static Row row(RunLog run, List<RunLog> runs, Optional<Judgements> judgements) {
        return new Row(
                run,
                counts(run),
                accuracy(run),
                baseline(run, runs).flatMap(thinking -> difference(thinking, run)),
                passAtK(run),
                cost(run.results()),
                judgements.map(all -> Judged.of(run, all)));
    }

    /// The mean over the questions whose epochs are all finished.
    private static List<Double> passAtK(RunLog run) {
        int epochs = run.setup().epochs();
        List<Long> rights =
                values(run).values().stream()
                        .filter(values -> values.size() == epochs)
                        .map(values -> values.stream().filter(value -> value == 1).count())
                        .toList();
        if (!repeats(run) || rights.isEmpty()) {
            return List.of();
        }
        return IntStream.rangeClosed(1, epochs)
                .mapToObj(k ->
                        rights.stream()
                                .mapToDouble(right ->
                                        PassAtK.estimate(epochs, Math.toIntExact(right), k))
                                .average()
                                .orElseThrow())
                .toList();
    }

    private static Counts counts(RunLog run) {
        List<SampleResult> results = run.results();
        return new Counts(
                results.size(),
                Math.max(results.size(), run.samples().size() * run.setup().epochs()),
                count(results, SampleResult::truncated),
                count(results, Refusals::refused),
                count(results, result -> result.failure().isPresent()),
                count(results, SampleResult::partial),
                count(results, Rows::aware));
    }

    private static int count(List<SampleResult> results, Predicate<SampleResult> which) {
        return Math.toIntExact(results.stream().filter(which).count());
    }

    /// Returns whether the words of a sample mention being tested, by the lexicon.
    static boolean aware(SampleResult result) {
        return Awareness.mentioned(result.text())
                || result.agents().stream()
                        .anyMatch(agent ->
                                Awareness.mentioned(agent.reasoning())
                                        || Awareness.mentioned(agent.text()));
    }

    private static Optional<Accuracy> accuracy(RunLog run) {
        if (run.results().isEmpty()) {
            return Optional.empty();
        }
        if (repeats(run)) {
            return Bootstrap.mean(values(run), SEED)
                    .map(mean -> new Accuracy(mean.value(), mean.interval()));
        }
        int n = run.results().size();
        double right = inOrder(run).stream().mapToDouble(SampleResult::value).sum();
        return Optional.of(new Accuracy(right / n, Interval.wilson(Math.min(right, n), n)));
    }

    private static Optional<Cost> cost(List<SampleResult> results) {
        List<Double> seconds =
                results.stream().map(result -> result.wall().toNanos() / 1e9).toList();
        OptionalDouble median = Quantiles.median(seconds);
        OptionalDouble p95 = Quantiles.p95(seconds);
        if (median.isEmpty() || p95.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Cost(
                        mean(results, Usage::cached),
                        mean(results, Usage::computed),
                        mean(results, Usage::generated),
                        median.getAsDouble(),
                        p95.getAsDouble()));
    }

    private static double mean(List<SampleResult> results, ToDoubleFunction<Usage> part) {
        return results.stream().map(SampleResult::usage).mapToDouble(part).average().orElse(0);
    }

    /// Returns the Thinking run with which this one shares everything but the mode. Of several it
    /// is the one with most samples finished, then the latest, then the last by its id.
    private static Optional<RunLog> baseline(RunLog run, List<RunLog> runs) {
        if (run.setup().mode() == Mode.THINKING && run.setup().usual()) {
            return Optional.empty();
        }
        return runs.stream()
                .filter(other -> other.setup().mode() == Mode.THINKING && other.setup().usual())
                .filter(other -> comparable(run.setup(), other.setup()))
                .max(
                        comparingInt((RunLog other) -> other.results().size())
                                .thenComparing(RunLog::started)
                                .thenComparing(RunLog::id));
    }

    private static boolean comparable(RunSetup one, RunSetup other) {
        return one.task().equals(other.task())
                && one.model().equals(other.model())
                && one.modelDigest().equals(other.modelDigest())
                && one.dataDigest().equals(other.dataDigest())
                && one.promptDigest().equals(other.promptDigest())
                && one.scorer().equals(other.scorer())
                && one.seed() == other.seed();
    }

    private static Optional<Difference> difference(RunLog thinking, RunLog run) {
        OptionalDouble p =
                repeats(thinking) || repeats(run)
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(McNemar.of(rights(thinking), rights(run)).p());
        return Bootstrap.difference(values(thinking), values(run), SEED)
                .map(found ->
                        new Difference(
                                thinking.id(),
                                found.questions(),
                                found.value(),
                                found.interval(),
                                p));
    }

    private static boolean repeats(RunLog run) {
        return run.setup().epochs() > 1;
    }

    /// Returns the values of each question's epochs by its id.
    static Map<String, List<Double>> values(RunLog run) {
        Map<String, List<Double>> values = new TreeMap<>();
        for (SampleResult result : inOrder(run)) {
            values.computeIfAbsent(result.id(), _ -> new ArrayList<>()).add(result.value());
        }
        return values;
    }

    /// Sums of doubles depend on their order, and samples may end in any.
    private static List<SampleResult> inOrder(RunLog run) {
        return run.results().stream()
                .sorted(comparing(SampleResult::id).thenComparingInt(SampleResult::epoch))
                .toList();
    }

    /// Returns whether each question was answered right, by its id; for runs of one epoch.
    static Map<String, Boolean> rights(RunLog run) {
        Map<String, Boolean> rights = new TreeMap<>();
        for (SampleResult result : run.results()) {
            rights.put(result.id(), result.score().filter(Score::right).isPresent());
        }
        return rights;
    }
}
