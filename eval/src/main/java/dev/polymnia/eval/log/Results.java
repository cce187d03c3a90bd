package dev.polymnia.eval.log;

import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.groupingBy;

import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.Score;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The metrics of a run (`EvalResults`) and the value of each sample over its epochs
/// (`EvalSampleReductions`).
final class Results {
    private static final String REDUCER = "mean";

    private final RunLog log;
    private final List<SampleResult> results;

    /// Takes a run.
    ///
    /// @param results in the order in which they are told
    Results(RunLog log, List<SampleResult> results) {
        this.log = log;
        this.results = results;
    }

    boolean isEmpty() {
        return results.isEmpty();
    }

    ObjectNode metrics() {
        int failed = (int) results.stream().filter(each -> each.failure().isPresent()).count();
        ObjectNode node =
                Parts.object()
                        .put("total_samples", log.samples().size() * log.setup().epochs())
                        .put("completed_samples", results.size() - failed);
        Collection<Double> values = means(results, SampleResult::value).values();
        ObjectNode score =
                node.putArray("scores")
                        .addObject()
                        .put("name", log.setup().scorer())
                        .put("scorer", log.setup().scorer())
                        .put("reducer", REDUCER)
                        .put("scored_samples", values.size())
                        .put("unscored_samples", 0);
        score.putObject("params");
        ObjectNode metrics = score.putObject("metrics");
        putMetric(metrics, "accuracy", mean(values));
        putMetric(metrics, "stderr", standardError(values));
        for (String part : parts()) {
            if (!metrics.has(part)) {
                putMetric(metrics, part, mean(ofPart(part)));
            }
        }
        return node;
    }

    ArrayNode reductions() {
        ArrayNode nodes = Parts.array();
        ArrayNode samples =
                nodes.addObject()
                        .put("scorer", log.setup().scorer())
                        .put("reducer", REDUCER)
                        .putArray("samples");
        means(results, SampleResult::value)
                .forEach((id, value) ->
                        samples.addObject().put("value", value).put("sample_id", id));
        return nodes;
    }

    private static void putMetric(ObjectNode metrics, String name, double value) {
        if (Double.isFinite(value)) {
            metrics.putObject(name).put("name", name).put("value", value).putObject("params");
        }
    }

    private NavigableSet<String> parts() {
        NavigableSet<String> names = new TreeSet<>();
        for (SampleResult result : results) {
            result.score().map(Score::parts).map(Map::keySet).ifPresent(names::addAll);
        }
        return names;
    }

    /// Returns a part's value in each sample that has it; a sample that failed has 0.
    private Collection<Double> ofPart(String name) {
        List<SampleResult> having =
                results.stream()
                        .filter(each ->
                                each.score().isEmpty()
                                        || each.score().get().parts().containsKey(name))
                        .toList();
        return means(
                        having,
                        each ->
                                each.score()
                                        .map(score -> score.parts().getOrDefault(name, 0.0))
                                        .orElse(0.0))
                .values();
    }

    /// Returns the mean over the epochs of each sample, by its id.
    private static Map<String, Double> means(
            List<SampleResult> results, ToDoubleFunction<SampleResult> value) {
        return results.stream()
                .collect(groupingBy(SampleResult::id, LinkedHashMap::new, averagingDouble(value)));
    }

    private static double mean(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    /// Returns the standard error of the mean, as Inspect's `stderr`: the deviation of the sample
    /// (n - 1) over the root of n; 0 for fewer than two values.
    private static double standardError(Collection<Double> values) {
        int n = values.size();
        if (n < 2) {
            return 0;
        }
        double mean = mean(values);
        double squares =
                values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
        return Math.sqrt(squares / (n - 1) / n);
    }
}
