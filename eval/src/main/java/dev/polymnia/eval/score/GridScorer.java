package dev.polymnia.eval.score;

import dev.polymnia.agents.code.Thoughts;
import dev.polymnia.core.Fault;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Right is a grid that equals the target in its shape and in every cell, read by [Grids].
/// Immutable.
record GridScorer() implements Scorer {
    private static final String NAME = "grid";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Score score(Sample sample, String text) {
        List<Grid> accepted = new ArrayList<>();
        for (String answer : Scorers.answers(NAME, sample)) {
            accepted.add(Grids.read(answer).orElseThrow(() -> unreadable(sample, answer)));
        }
        Optional<GridReading> found = Grids.last(Thoughts.strip(text));
        if (found.isEmpty()) {
            return Score.of(false, "", "no grid was found");
        }
        GridReading reading = found.get();
        if (!reading.trouble().isEmpty()) {
            return Score.of(false, "", reading.trouble());
        }
        Grid grid = new Grid(reading.rows());
        boolean right = accepted.contains(grid);
        return Score.of(right, grid.toString(), right ? "" : difference(grid, accepted.getFirst()));
    }

    private static String difference(Grid grid, Grid wanted) {
        return grid.shape().equals(wanted.shape())
                ? "%d of %d cells differ".formatted(grid.differences(wanted), grid.cells())
                : "it is %s and not %s".formatted(grid.shape(), wanted.shape());
    }

    private static Fault unreadable(Sample sample, String answer) {
        return new Fault(
                Fault.Code.INVALID,
                ("The target \"%s\" of sample %s is not a grid; correct the data or score the task"
                                + " with match.")
                        .formatted(answer, sample.id()));
    }
}
