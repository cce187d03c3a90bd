package dev.polymnia.eval.score;

import dev.polymnia.agents.code.Thoughts;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Scorer;
import dev.polymnia.eval.Target;
import dev.polymnia.eval.ifeval.Instructions;
import dev.polymnia.eval.ifeval.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Right is an answer that follows all of its instructions, read strictly: the prompt-level strict
/// accuracy of IFEval (Zhou et al. 2023, arXiv 2311.07911, section 3). Immutable.
///
/// The score's parts are the other three accuracies of the paper and this one again: `strict` and
/// `loose` are 1 if all instructions are followed, `instruction_strict` and `instruction_loose` the
/// share that is.
record InstructionsScorer() implements Scorer {
    private static final String NAME = "instructions";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Score score(Sample sample, String text) {
        if (!(sample.target() instanceof Target.Instructions target)) {
            throw Scorers.unfit(NAME, sample, "instructions");
        }
        Verdict verdict = Instructions.check(target, Thoughts.strip(text));
        double strict = verdict.isStrict() ? 1 : 0;
        Map<String, Double> parts =
                Map.of(
                        "strict",
                        strict,
                        "loose",
                        verdict.isLoose() ? 1.0 : 0.0,
                        "instruction_strict",
                        share(verdict.strict()),
                        "instruction_loose",
                        share(verdict.loose()));
        return new Score(strict, "", explanation(target, verdict), parts);
    }

    /// Names the instructions that are not followed.
    private static String explanation(Target.Instructions target, Verdict verdict) {
        List<String> broken = new ArrayList<>();
        for (int i = 0; i < verdict.strict().size(); i++) {
            if (!verdict.strict().get(i)) {
                String id = target.instructions().get(i).id();
                broken.add(verdict.loose().get(i) ? id + " (loosely followed)" : id);
            }
        }
        return broken.isEmpty() ? "" : "not followed: " + String.join(", ", broken);
    }

    private static double share(List<Boolean> followed) {
        return followed.stream().mapToInt(each -> each ? 1 : 0).average().orElse(0);
    }
}
