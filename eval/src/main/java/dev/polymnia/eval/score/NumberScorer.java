package dev.polymnia.eval.score;

import dev.polymnia.agents.code.Thoughts;
import dev.polymnia.core.Fault;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Scorer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Right is a number that equals the target, read by [Figures]. Immutable.
///
/// @param name as the task has it
/// @param tolerance how far it may be off, at least 0
record NumberScorer(String name, BigDecimal tolerance) implements Scorer {
    @Override
    public Score score(Sample sample, String text) {
        List<Figure> accepted = new ArrayList<>();
        for (String answer : Scorers.answers(name, sample)) {
            accepted.add(Figures.read(answer).orElseThrow(() -> unreadable(sample, answer)));
        }
        Optional<Figure> found = Figures.read(Thoughts.strip(text));
        if (found.isEmpty()) {
            return Score.of(false, "", "no number was found");
        }
        Figure figure = found.orElseThrow();
        boolean right = accepted.stream().anyMatch(each -> each.isWithin(tolerance, figure));
        String explanation = right ? "" : "%s is not %s".formatted(figure, accepted.getFirst());
        return Score.of(right, figure.toString(), explanation);
    }

    private Fault unreadable(Sample sample, String answer) {
        return new Fault(
                Fault.Code.INVALID,
                ("The target \"%s\" of sample %s is not a number; correct the data or score the"
                                + " task with match.")
                        .formatted(answer, sample.id()));
    }
}
