package dev.polymnia.bench.peers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one peer did in one round.
///
/// @param values the figures by the names of their metrics
/// @param written tokens of all answers
/// @param read prompt tokens that were computed; 0 as long as nobody has asked
/// @param prompts the tokens of the prompts that both peers got, in order
/// @param errors requests that failed
/// @param note what a reader must know; may be empty
record Measure(
        Map<String, Double> values,
        int written,
        long read,
        List<Integer> prompts,
        int errors,
        String note) {
    Measure {
        values = new LinkedHashMap<>(values); // in the order of the metrics
        prompts = List.copyOf(prompts);
    }

    /// Sums answers up.
    static Measure of(List<Reply> replies, Map<Metric, Double> values, String note) {
        Map<String, Double> named = new LinkedHashMap<>();
        values.forEach((metric, value) -> named.put(metric.name(), value));
        return new Measure(
                named,
                written(replies),
                0,
                replies.stream().map(reply -> reply.counts().prompt()).toList(),
                (int) replies.stream().filter(Reply::failed).count(),
                note);
    }

    static int written(List<Reply> replies) {
        return replies.stream().mapToInt(reply -> reply.counts().written()).sum();
    }

    /// Returns this without prompts that the peers did not have in common.
    Measure withPrompts(List<Integer> common) {
        return new Measure(values, written, read, common, errors, note);
    }

    /// Returns this with the prompt tokens that were computed.
    Measure withRead(long tokens) {
        return new Measure(values, written, tokens, prompts, errors, note);
    }

    double value(Metric metric) {
        return values.getOrDefault(metric.name(), Double.NaN);
    }
}
