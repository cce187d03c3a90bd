package dev.polymnia.eval.log;

import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.SampleResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A run as Inspect's `EvalLog`. Samples come by epoch and then in the order of the data, however
/// they ended.
final class EvalLog {
    private final Header header;
    private final Results results;
    private final List<EvalSample> samples = new ArrayList<>();

    /// Sorts the samples of a run.
    ///
    /// @throws IllegalArgumentException if a sample or a result is there twice, or a result belongs
    ///   to no sample
    EvalLog(RunLog log) {
        Map<String, Integer> places = new HashMap<>();
        for (Sample sample : log.samples()) {
            if (places.putIfAbsent(sample.id(), places.size()) != null) {
                throw new IllegalArgumentException("two samples " + sample.id());
            }
        }
        Set<String> seen = new HashSet<>();
        for (SampleResult result : log.results()) {
            if (!places.containsKey(result.id())) {
                throw new IllegalArgumentException("no sample " + result.id());
            }
            if (!seen.add(result.epoch() + " " + result.id())) {
                throw new IllegalArgumentException(
                        "two results of " + result.id() + " in epoch " + result.epoch());
            }
        }
        List<SampleResult> sorted = new ArrayList<>(log.results());
        sorted.sort(
                Comparator.comparingInt(SampleResult::epoch)
                        .thenComparingInt(result -> places.getOrDefault(result.id(), 0)));
        for (SampleResult result : sorted) {
            Sample sample = log.samples().get(places.getOrDefault(result.id(), 0));
            samples.add(new EvalSample(log.setup(), log.id(), sample, result));
        }
        results = new Results(log, sorted);
        header = new Header(log, results);
    }

    Header header() {
        return header;
    }

    Results results() {
        return results;
    }

    List<EvalSample> samples() {
        return samples;
    }

    /// Returns all of it. The texts are those of the run, not copies.
    ObjectNode whole() {
        ObjectNode node = header.whole();
        ArrayNode nodes = node.putArray("samples");
        for (EvalSample sample : samples) {
            nodes.add(sample.whole());
        }
        if (!results.isEmpty()) {
            node.set("reductions", results.reductions());
        }
        return node;
    }

    /// Returns the short form of all samples.
    ArrayNode summaries() {
        ArrayNode nodes = Parts.array();
        for (EvalSample sample : samples) {
            nodes.add(sample.summary());
        }
        return nodes;
    }
}
