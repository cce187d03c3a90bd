package dev.polymnia.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Finds llama-server's best flags for a scenario, by one try of each. Confined to one thread.
final class BestFlags {
    private final Launcher launcher;
    private final ResultsFile results;
    private final Turns turns;
    private final Texts texts;

    BestFlags(Launcher launcher, ResultsFile results, Turns turns, Texts texts) {
        this.launcher = launcher;
        this.results = results;
        this.turns = turns;
        this.texts = texts;
    }

    /// Returns the best flags, which are looked for only once.
    ///
    /// @param beside sleeps meanwhile
    ServerFlags find(Scenario scenario, Peer beside) throws InterruptedException {
        List<ServerFlags> all = scenario.flags();
        if (all.size() == 1) {
            return all.getFirst();
        }
        if (results.choice(scenario).isEmpty()) {
            results.add(choose(scenario, beside));
        }
        String chosen = results.choice(scenario).orElseThrow().flags();
        return all.stream()
                .filter(flags -> flags.toString().equals(chosen))
                .findFirst()
                .orElse(all.getFirst());
    }

    private Choice choose(Scenario scenario, Peer beside) throws InterruptedException {
        Metric metric = scenario.metrics().getFirst();
        List<String> tried = new ArrayList<>();
        ServerFlags best = scenario.flags().getFirst();
        double bestValue = Double.NaN;
        for (ServerFlags flags : scenario.flags()) {
            double value = tryOut(scenario, metric, flags, beside);
            tried.add(String.format(Locale.ROOT, "%s: %.2f", flags, value));
            if (Double.isNaN(bestValue) || metric.isBetter(value, bestValue)) {
                best = flags;
                bestValue = value;
            }
        }
        return new Choice(scenario.name(), best.toString(), tried);
    }

    /// Returns the value of a metric; NaN if requests failed.
    private double tryOut(Scenario scenario, Metric metric, ServerFlags flags, Peer beside)
            throws InterruptedException {
        try (ServerProcess process = launcher.start(flags);
                ServerPeer server = new ServerPeer(process, launcher.format(), flags.oneCall())) {
            turns.warmUp(server, texts);
            Task task = scenario.prepare(texts);
            String label = "%s try [%s]".formatted(scenario.name(), flags);
            Measure measure = turns.take(label, scenario, task, server, beside);
            return measure.errors() > 0 ? Double.NaN : measure.value(metric);
        }
    }
}
