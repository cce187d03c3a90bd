package dev.polymnia.app;

import dev.polymnia.core.Cancellation;
import dev.polymnia.llama.EngineStatistics;
import dev.polymnia.llama.LlamaModel;
import dev.polymnia.llama.LlamaReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What `doctor --bench` tells of an engine: what its steps cost on this machine by rows, how fast
/// agents are together, and what the engine counted meanwhile. Takes about half a minute beside the
/// measurement at the start.
final class EngineBench {
    private static final List<Integer> AGENTS = List.of(1, 2, 4, 8, 16);

    private final LlamaModel model;

    EngineBench(LlamaModel model) {
        this.model = model;
    }

    /// Returns lines of text.
    List<String> run(Cancellation cancellation) {
        LlamaReport report = model.report();
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s on %s, %d threads for one row and %d for more, %s"
                        .formatted(
                                model.info().name(),
                                report.device(),
                                report.threads(),
                                report.manyThreads(),
                                report.backends()));
        lines.add("rows    ms a step  rows/s");
        for (int i = 0; i < report.stepRows().size(); i++) {
            double millis = report.stepNanos().get(i) / 1e6;
            int rows = report.stepRows().get(i);
            lines.add(
                    String.format(
                            Locale.ROOT, "%4d %12.1f %7.1f", rows, millis, rows * 1000 / millis));
        }
        lines.add(
                String.format(
                        Locale.ROOT,
                        "row quantum %d; %d rows while a prompt is read alone; beside branches a"
                                + " step takes up to %.1f times as long",
                        report.rowQuantum(),
                        report.readRows(),
                        report.stepFactor()));
        lines.add("agents  tokens/s  ms a step");
        SpeedTest speeds = new SpeedTest(model);
        for (int agents : AGENTS) {
            EngineStatistics before = model.statistics();
            double speed = speeds.speed(agents, cancellation);
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%6d %9.1f %10.1f",
                            agents,
                            speed,
                            millisASpokenStep(before, model.statistics())));
        }
        lines.addAll(counted(model.statistics()));
        return lines;
    }

    private static double millisASpokenStep(EngineStatistics before, EngineStatistics after) {
        long steps = Math.max(1, after.speakingSteps() - before.speakingSteps());
        return (after.speakingNanos() - before.speakingNanos()) / 1e6 / steps;
    }

    private static List<String> counted(EngineStatistics counted) {
        double all = Math.max(1, counted.decodeNanos() + counted.otherNanos());
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%d steps of %.1f rows; %.1f %% of the time outside llama_decode; the"
                                + " longest step took %.0f ms",
                        counted.steps(),
                        counted.meanRows(),
                        100 * counted.otherNanos() / all,
                        counted.longestStepNanos() / 1e6),
                String.format(
                        Locale.ROOT,
                        "%.0f %% of %d prompt tokens were in memory; a fork took %.3f ms",
                        100 * counted.hitRate(),
                        counted.cachedTokens() + counted.computedTokens(),
                        counted.forkNanos() / 1e6 / Math.max(1, counted.forks())),
                String.format(
                        Locale.ROOT,
                        "%d guesses, %d of them right; %d evictions, %d pauses, %.1f ms in the"
                                + " queue",
                        counted.guessedRows(),
                        counted.rightGuesses(),
                        counted.evictions(),
                        counted.suspensions(),
                        counted.queueNanos() / 1e6 / Math.max(1, counted.admissions())));
    }
}
