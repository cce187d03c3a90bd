package dev.polymnia.eval.report;

import static java.util.Comparator.comparingDouble;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.polymnia.core.Mode;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.stats.Reliability;
import dev.polymnia.eval.stats.Reliability.Vote;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether the vote share of a Contemplating run tells how often it is right.
///
/// Looks at samples with at least two votes. The share is that of the answer the run decided for,
/// or, if nobody voted for it, of the answer with most votes. Votes count by heads, whatever
/// weights the run gave them.
///
/// @param run whose votes they are
/// @param table the votes by their share, in ten bins
record Calibration(RunLog run, Reliability table) {
    private static final int BINS = 10;
    private static final int FEWEST_VOTES = 2;

    /// Sums of doubles depend on their order, and samples may end in any.
    private static final Comparator<Vote> ORDER =
            comparingDouble(Vote::share).thenComparing(Vote::right);

    /// Returns the table of a run; empty if it is not a Contemplating one or nobody voted.
    static Optional<Calibration> of(RunLog run) {
        if (run.setup().mode() != Mode.CONTEMPLATING) {
            return Optional.empty();
        }
        List<Vote> votes =
                run.results().stream()
                        .map(Calibration::vote)
                        .flatMap(Optional::stream)
                        .sorted(ORDER)
                        .toList();
        return votes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Calibration(run, Reliability.of(votes, BINS)));
    }

    private static Optional<Vote> vote(SampleResult result) {
        List<String> answers =
                result.agents().stream()
                        .filter(AgentResult::votes)
                        .map(AgentResult::answer)
                        .flatMap(Optional::stream)
                        .toList();
        if (answers.size() < FEWEST_VOTES) {
            return Optional.empty();
        }
        Map<String, Long> heads =
                answers.stream().collect(groupingBy(answer -> answer, counting()));
        long decided = result.answer().map(answer -> heads.getOrDefault(answer, 0L)).orElse(0L);
        long most = heads.values().stream().mapToLong(count -> count).max().orElse(0);
        boolean right = result.score().filter(Score::right).isPresent();
        return Optional.of(
                new Vote((double) (decided > 0 ? decided : most) / answers.size(), right));
    }
}
