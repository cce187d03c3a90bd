package dev.polymnia.eval.run;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.eval.Judgement;
import dev.polymnia.eval.Judgements;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.aware.Judge;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Lets a model judge which agents of a run say or suspect that they are being tested. Thread-safe;
/// one judge in a folder at a time.
public final class Judging {
    private final Judge judge;
    private final Clock clock;

    /// Creates the judging by a model.
    ///
    /// @param model judges; it stays the caller's, who closes it
    public Judging(BranchingModel model, Clock clock) {
        this.judge = new Judge(model);
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Judges the finished samples of a run, or those that are not judged yet, and blocks until
    /// that is done or it is cancelled. Each verdict is in the folder before the next call of
    /// `progress`. A run that goes on later is judged by judging it again.
    ///
    /// @param folder of the run
    /// @param concurrency how many agents' writings are judged at once
    /// @param progress is told after each of them, one call at a time
    /// @param cancellation ends it; what is under way is judged anew when it goes on
    /// @return how far it came
    /// @throws Fault `NOT_FOUND` if there is no run; `OVERLOADED` if somebody works on it; as
    ///   [#requireSame]; what made going on impossible
    public JudgeStanding run(
            Path folder,
            int concurrency,
            Consumer<JudgeStanding> progress,
            Cancellation cancellation) {
        RunLimits.requireConcurrency(concurrency);
        RunFolder.requireThere(folder);
        try (FolderLock _ = FolderLock.take(folder)) {
            RunLog run = RunFolder.read(folder);
            try (JudgeFile file = JudgeFile.open(folder, run.id(), judge.identity())) {
                List<Judgement> known =
                        JudgeFile.read(folder, run.id()).map(Judgements::all).orElse(List.of());
                return new JudgeSitting(judge, run, known, file, clock, progress)
                        .run(concurrency, cancellation);
            }
        }
    }

    /// Checks that this judge may go on with a run, without judging.
    ///
    /// @throws Fault `INVALID` if another judge has begun (another model, other weights, another
    ///   prompt, other windows), naming what differs, or if the verdicts are of another run or
    ///   another version of Polymnia; `CORRUPT` if they are damaged
    public void requireSame(Path folder) {
        JudgeFile.requireSame(folder, RunFolder.read(folder).id(), judge.identity());
    }

    /// Reads what is judged of a run; somebody may be judging.
    ///
    /// @param folder of the run
    /// @param run what is in it
    /// @return empty if nobody has judged
    /// @throws Fault `INVALID` if the verdicts are of another run or another version of Polymnia;
    ///   `CORRUPT` if they are damaged
    public static Optional<Judgements> read(Path folder, RunLog run) {
        return JudgeFile.read(folder, run.id());
    }
}
