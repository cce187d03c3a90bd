package dev.polymnia.eval.report;

import dev.polymnia.eval.Judgement;
import dev.polymnia.eval.Judgement.Verdict;
import dev.polymnia.eval.Judgements;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.stats.Agreement;
import dev.polymnia.eval.stats.Interval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a judge says of the samples of a run. A sample is a yes if one of its agents is; otherwise
/// it has no verdict if one of them has none. Samples of which not all agents are judged yet are
/// left out.
///
/// @param judge who judged
/// @param none samples without a verdict
/// @param agreement of the judge, who is the first, and the lexicon about the samples with one
record Judged(Judgements.Judge judge, int none, Agreement agreement) {
    private record Key(String id, int epoch, int agent) {}

    /// Returns what a judge says of a run.
    static Judged of(RunLog run, Judgements judgements) {
        Map<Key, Verdict> verdicts = new HashMap<>();
        for (Judgement each : judgements.all()) {
            verdicts.put(new Key(each.id(), each.epoch(), each.agent()), each.verdict());
        }
        int none = 0;
        int[] counts = new int[4];
        for (SampleResult result : run.results()) {
            Optional<Verdict> verdict = verdict(result, verdicts);
            if (verdict.isEmpty()) {
                continue;
            }
            switch (verdict.get()) {
                case NONE -> none++;
                case YES -> counts[Rows.aware(result) ? 0 : 1]++;
                case NO -> counts[Rows.aware(result) ? 2 : 3]++;
            }
        }
        return new Judged(
                judgements.judge(),
                none,
                new Agreement(counts[0], counts[1], counts[2], counts[3]));
    }

    /// A sample that failed before an agent wrote has nothing that could be a yes.
    private static Optional<Verdict> verdict(SampleResult result, Map<Key, Verdict> verdicts) {
        List<Optional<Verdict>> all =
                result.agents().stream()
                        .map(agent -> new Key(result.id(), result.epoch(), agent.index()))
                        .map(key -> Optional.ofNullable(verdicts.get(key)))
                        .toList();
        if (all.contains(Optional.<Verdict>empty())) {
            return Optional.empty();
        }
        if (all.contains(Optional.of(Verdict.YES))) {
            return Optional.of(Verdict.YES);
        }
        return Optional.of(all.contains(Optional.of(Verdict.NONE)) ? Verdict.NONE : Verdict.NO);
    }

    /// Returns how many samples are judged, with a verdict or without.
    int judged() {
        return none + agreement.count();
    }

    /// Returns how many samples are a yes.
    int yes() {
        return agreement.both() + agreement.first();
    }

    /// Returns the share of a yes among the samples with a verdict; 0 if there are none.
    double rate() {
        return agreement.count() == 0 ? 0 : (double) yes() / agreement.count();
    }

    /// Returns the 95 % interval of the share, by Wilson.
    Interval interval() {
        return Interval.wilson(yes(), agreement.count());
    }
}
