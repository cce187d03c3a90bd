package dev.polymnia.eval.report;

import static java.util.stream.Collectors.toMap;

import dev.polymnia.core.Fault;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.stats.Bootstrap;
import dev.polymnia.eval.stats.Interval;
import dev.polymnia.eval.stats.McNemar;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How a run differs from another one over the questions that both have finished, whatever their
/// modes, models, seeds and prompts are. Their tasks may have different names: two tasks that put
/// the questions of one data file in different words are compared too.
///
/// @param baseline the id of the run that is compared with
/// @param run the id of the run that is compared
/// @param questions how many questions both have finished, at least 1
/// @param difference by how much the run's mean score is higher, -1 to 1
/// @param interval its 95 % interval, by a paired bootstrap over the questions
/// @param test McNemar's, of the questions that only one of them got right; empty if samples were
///   asked more than once
public record Comparison(
        String baseline,
        String run,
        int questions,
        double difference,
        Interval interval,
        Optional<McNemar> test) {
    /// Compares two runs.
    ///
    /// @throws Fault `INVALID` if they have not the same data, scorer and questions, or no question
    ///   in common that both have finished
    public static Comparison of(RunLog baseline, RunLog run) {
        requireSame(
                "data digest",
                baseline,
                run,
                baseline.setup().dataDigest(),
                run.setup().dataDigest());
        requireSame("scorer", baseline, run, baseline.setup().scorer(), run.setup().scorer());
        requireSameQuestions(baseline, run);
        Bootstrap.Estimate found =
                Bootstrap.difference(Rows.values(baseline), Rows.values(run), Rows.SEED)
                        .orElseThrow(() ->
                                new Fault(
                                        Fault.Code.INVALID,
                                        "%s and %s have no finished question in common; let them go on first."
                                                .formatted(baseline.id(), run.id())));
        boolean repeats = baseline.setup().epochs() > 1 || run.setup().epochs() > 1;
        return new Comparison(
                baseline.id(),
                run.id(),
                found.questions(),
                found.value(),
                found.interval(),
                repeats
                        ? Optional.empty()
                        : Optional.of(McNemar.of(Rows.rights(baseline), Rows.rights(run))));
    }

    /// Definitions may number the same data in other ways.
    private static void requireSameQuestions(RunLog baseline, RunLog run) {
        Map<String, String> questions =
                run.samples().stream().collect(toMap(Sample::id, Sample::question));
        for (Sample sample : baseline.samples()) {
            String other = questions.getOrDefault(sample.id(), sample.question());
            requireSame("question " + sample.id(), baseline, run, sample.question(), other);
        }
    }

    private static void requireSame(
            String what, RunLog baseline, RunLog run, String one, String other) {
        if (!one.equals(other)) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "%s and %s cannot be compared: the %s of the one is %s and of the other %s."
                            .formatted(baseline.id(), run.id(), what, one, other));
        }
    }

    /// Returns it in a sentence, for a person.
    public String words() {
        String bootstrap =
                String.format(
                        Locale.ROOT,
                        "%s minus %s: %+.1f points (95 %% %+.1f to %+.1f) over %d questions",
                        run,
                        baseline,
                        100 * difference,
                        100 * interval.low(),
                        100 * interval.high(),
                        questions);
        return bootstrap
                + test.map(mcNemar ->
                                String.format(
                                        Locale.ROOT,
                                        "; right only here %d, only there %d, McNemar p %.3f",
                                        mcNemar.c(),
                                        mcNemar.b(),
                                        mcNemar.p()))
                        .orElse("");
    }
}
