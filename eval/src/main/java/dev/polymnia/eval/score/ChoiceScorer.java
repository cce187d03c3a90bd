package dev.polymnia.eval.score;

import dev.polymnia.agents.code.Thoughts;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Scorer;
import dev.polymnia.eval.Target;
import java.util.Optional;

/// Right is an answer that chooses the right option, read by [Options]. Immutable.
record ChoiceScorer() implements Scorer {
    private static final String NAME = "choice";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Score score(Sample sample, String text) {
        if (!(sample.target() instanceof Target.Choice choice)) {
            throw Scorers.unfit(NAME, sample, "options");
        }
        Optional<Integer> chosen = new Options(choice.options()).read(Thoughts.strip(text));
        if (chosen.isEmpty()) {
            return Score.of(false, "", "no option was chosen");
        }
        int index = chosen.orElseThrow();
        boolean right = index == choice.right();
        String explanation =
                right
                        ? ""
                        : "%s is not %s"
                                .formatted(Options.letter(index), Options.letter(choice.right()));
        return Score.of(right, Options.letter(index), explanation);
    }
}
