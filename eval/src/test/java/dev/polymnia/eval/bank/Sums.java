package dev.polymnia.eval.bank;

import dev.polymnia.agents.ProgramRunner;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.SumTask;
import dev.polymnia.eval.run.Evaluation;
import dev.polymnia.eval.run.Plan;
import dev.polymnia.eval.run.RunLimits;
import dev.polymnia.eval.score.Scorers;
import dev.polymnia.eval.task.Task;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.nio.file.Path;
import java.util.Map;

/// Sums, and a model that is right about half of the time, in chains of every length.
final class Sums {
    /// Returns what stands behind `return`; anything else fails.
    static final ProgramRunner RUNNER =
            work ->
                    work.words().startsWith("return ")
                            ? ProgramRunner.Result.of(work.words().substring(7).strip())
                            : ProgramRunner.Result.failed("SyntaxError");

    private Sums() {}

    static Task task(int samples) {
        return task("sums", samples);
    }

    static Task task(String name, int samples) {
        return SumTask.of(name, samples);
    }

    /// Answers by the seed and the question, at temperature 0 by the question alone. One chain of
    /// eleven is cut off, one of thirteen says nothing that counts.
    static Script script() {
        return (request, _) -> {
            String question = request.prompt().messages().getLast().text();
            boolean greedy = request.options().sampling().temperature() == 0;
            long seed = greedy ? SumTask.number(question) : request.options().seed();
            long sum = SumTask.number(question) + 2L + Math.floorMod(seed, 5L) / 2;
            if (question.contains(ScriptedModel.PROGRAM_HINT)) {
                boolean works = Math.floorMod(seed, 3L) > 0;
                return Reply.of(works ? "return " + sum : "def solution(:");
            }
            if (request.prompt().beginning().endsWith("Answer:")) {
                return Reply.of(" " + sum);
            }
            StringBuilder text = new StringBuilder();
            long steps = Math.floorMod(seed, 11L) == 0 ? 300 : Math.floorMod(seed, 17L) * 4;
            for (long i = 0; i < steps; i++) {
                text.append("step").append(i).append(' ');
            }
            text.append(
                    Math.floorMod(seed, 13L) == 0
                            ? "\nNobody can tell how much that may be, so let us leave it there."
                            : "\nAnswer: " + sum);
            return Reply.of(text.toString())
                    .withLogProbability(-(1 + Math.floorMod(seed, 7L)) / 10.0);
        };
    }

    static RunLog run(Plan plan, Path folder) {
        return run(plan, folder, new Cancellation());
    }

    static RunLog run(Plan plan, Path folder, Cancellation cancellation) {
        return run(plan, folder, ScriptedModel.defaultInfo(), cancellation);
    }

    static RunLog run(Plan plan, Path folder, ModelInfo info, Cancellation cancellation) {
        try (BranchingModel model = ScriptedModel.of(script(), info)) {
            return new Evaluation(
                            model, Clock.SYSTEM, Scorers.named(plan.task().scorer(), null), RUNNER)
                    .run(plan, folder, RunLimits.NONE, Map.of(), (_, _) -> {}, cancellation);
        }
    }
}
