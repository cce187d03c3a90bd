package dev.polymnia.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Sums rounds up as a Markdown table. Not instantiated.
final class PeerTable {
    private static final String HEAD =
            """
            | | ours | llama-server | ours is better by (least–most) | target | met |
            | --- | --- | --- | --- | --- | --- |
            """;

    private PeerTable() {}

    /// Returns the heads of the table, two lines.
    static String head() {
        return HEAD;
    }

    /// Returns the lines of a scenario, one for each metric; empty without rounds.
    static String of(Scenario scenario, List<Round> rounds) {
        StringBuilder table = new StringBuilder();
        for (Metric metric : rounds.isEmpty() ? List.<Metric>of() : scenario.metrics()) {
            if (!metric.name().equals(Scenario.BY_TOKEN) || wroteDifferently(rounds)) {
                table.append(line(scenario, metric, rounds)).append('\n');
            }
        }
        return table.toString();
    }

    private static String line(Scenario scenario, Metric metric, List<Round> rounds) {
        List<Double> ours = new ArrayList<>();
        List<Double> peer = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (Round round : rounds) {
            double our = round.ours().value(metric);
            double other = round.peer().value(metric);
            ours.add(our);
            peer.add(other);
            ratios.add(metric.ratio(our, other));
        }
        double ratio = Medians.of(ratios);
        OptionalDouble missing = metric.missing(metric.sum(ours), ratio);
        return String.format(
                Locale.ROOT,
                "| %s: %s, %s | %.2f | %.2f | %s | %s | %s |",
                scenario.name(),
                scenario.title(),
                metric.name(),
                metric.sum(ours),
                metric.sum(peer),
                ratio(ratio, ratios),
                metric.aim(),
                missing.isEmpty() ? "–" : missing.getAsDouble() <= 0 ? "yes" : "no");
    }

    private static String ratio(double ratio, List<Double> ratios) {
        if (!Double.isFinite(ratio)) {
            return "–"; // of nothing by nothing, as with errors
        }
        return String.format(
                Locale.ROOT,
                "%.2f× (%.2f–%.2f)",
                ratio,
                ratios.stream().mapToDouble(each -> each).min().orElseThrow(),
                ratios.stream().mapToDouble(each -> each).max().orElseThrow());
    }

    private static boolean wroteDifferently(List<Round> rounds) {
        return rounds.stream().anyMatch(round -> round.ours().written() != round.peer().written());
    }
}
