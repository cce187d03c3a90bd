package dev.polymnia.eval.report;

import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs for tests: of the task `sums`, one result for each sample unless a test says otherwise.
final class Sketch {
    static final Instant DAY = Instant.parse("2026-03-04T05:06:07Z");
    static final String DATA = "d".repeat(64);

    private Sketch() {}

    static RunSetup setup(Mode mode, String data, long seed, int samples, int epochs) {
        return new RunSetup(
                "sums",
                mode,
                "tiny",
                "a".repeat(64),
                data,
                "b".repeat(64),
                "sums.jsonl",
                "numeric",
                seed,
                mode == Mode.CONTEMPLATING ? 3 : 1,
                0,
                samples,
                epochs,
                256,
                Map.of("sampling", "greedy"));
    }

    /// A run over as many samples as there are results.
    static RunLog run(String id, Mode mode, List<SampleResult> results) {
        return run(id, setup(mode, DATA, 7, results.size(), 1), samples(results.size()), results);
    }

    static RunLog run(String id, RunSetup setup, List<Sample> samples, List<SampleResult> results) {
        int total = samples.size() * setup.epochs();
        return new RunLog(
                id,
                setup,
                samples,
                results,
                results.size() == total ? RunLog.Status.SUCCESS : RunLog.Status.CANCELLED,
                "",
                DAY,
                Map.of("cores", "2"));
    }

    /// Samples named `q0`, `q1` and so on.
    static List<Sample> samples(int number) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            samples.add(sample("q" + i, "What is " + i + " + 1?"));
        }
        return samples;
    }

    static Sample sample(String id, String question) {
        return new Sample(
                id,
                List.of(Message.user(question)),
                question,
                new Target.Answers(List.of("4")),
                Map.of());
    }

    /// Results of `q0` and so on, right where the letter is `r`, failed where it is `f`.
    static List<SampleResult> results(String letters) {
        List<SampleResult> results = new ArrayList<>();
        for (int i = 0; i < letters.length(); i++) {
            results.add(result("q" + i, letters.charAt(i), "The answer is 4."));
        }
        return results;
    }

    static SampleResult result(String id, char letter, String text) {
        AgentResult agent = agent(0, Optional.of("4"), text, "Let me add.", StopReason.END);
        return result(id, 1, letter, text, List.of(agent));
    }

    static SampleResult result(
            String id, int epoch, char letter, String text, List<AgentResult> agents) {
        boolean failed = letter == 'f';
        return new SampleResult(
                id,
                epoch,
                failed ? "" : text,
                failed ? Optional.empty() : Optional.of("4"),
                letter == 'p',
                failed
                        ? Optional.empty()
                        : Optional.of(Score.of(letter == 'r', "4", "compared as numbers")),
                failed
                        ? Optional.of(new SampleResult.Failure("UNAVAILABLE", "no sandbox"))
                        : Optional.empty(),
                Optional.empty(),
                failed ? List.of() : agents,
                new Usage(0, 10, 0),
                DAY,
                Duration.ofMillis(1500));
    }

    static AgentResult agent(
            int index, Optional<String> answer, String text, String reasoning, StopReason reason) {
        return new AgentResult(
                index,
                1,
                Long.MAX_VALUE,
                reasoning,
                text,
                answer,
                answer.isPresent(),
                Double.NaN,
                reason,
                new Usage(5, 1, 20),
                Optional.empty());
    }
}
