package dev.polymnia.eval.run;

import static java.util.Objects.requireNonNull;

import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.Chain;
import dev.polymnia.agents.Gathered;
import dev.polymnia.agents.ProgramRunner;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Scorer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs tasks with a model. Thread-safe; one run in a folder at a time.
public final class Evaluation {
    private final BranchingModel model;
    private final Clock clock;
    private final Scorer scorer;
    private final @Nullable ProgramRunner runner;

    /// Creates an evaluation whose agents write no programs.
    ///
    /// @param model answers; it stays the caller's, who closes it
    /// @param scorer scores the answers
    public Evaluation(BranchingModel model, Clock clock, Scorer scorer) {
        this(model, clock, scorer, null);
    }

    /// Creates an evaluation.
    ///
    /// @param model answers; it stays the caller's, who closes it
    /// @param scorer scores the answers
    /// @param runner runs the programs that agents write; null if nothing can run them
    public Evaluation(
            BranchingModel model, Clock clock, Scorer scorer, @Nullable ProgramRunner runner) {
        this.model = requireNonNull(model, "model is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.scorer = requireNonNull(scorer, "scorer is null");
        this.runner = runner;
    }

    /// Runs a task, or what is left of it, and blocks until it is done, a limit is reached or it is
    /// cancelled. Each finished sample is in the folder before the next call of `progress`.
    ///
    /// A sample that fails (its question is too long, the model says nothing) is finished, without
    /// an answer. What says that nothing can be answered now (no server, a wrong key, no sandbox)
    /// ends the run instead, and the samples that were under way are asked again when it goes on.
    ///
    /// @param folder where the run is kept; made if it is not there
    /// @param machine what the machine is, for a person
    /// @param progress is told of each finished sample
    /// @param cancellation ends the run; samples under way are asked again when it goes on
    /// @return the run with status `SUCCESS` or, if a limit or a person ended it, `CANCELLED`
    /// @throws Fault what ended the run, if nobody asked for it; the folder says `ERROR` then.
    ///   Before anything is asked: `UNAVAILABLE` if a bank has programs and nothing runs them;
    ///   `INVALID` or `UNSUPPORTED` if budgets are to be forced and the model is another one or
    ///   cannot be forced
    public RunLog run(
            Plan plan,
            Path folder,
            RunLimits limits,
            Map<String, String> machine,
            Progress progress,
            Cancellation cancellation) {
        requirePossible(plan);
        Instant now = clock.instant();
        String id = "%s-%s-%d-%s".formatted(plan.task().name(), plan.way(), plan.seed(), now);
        try (RunFolder open =
                RunFolder.open(
                        folder,
                        plan.setup(model.info(), runner != null),
                        plan.task().samples(),
                        id,
                        now,
                        machine)) {
            Sitting sitting =
                    new Sitting(
                            this,
                            plan,
                            open,
                            limits,
                            plan.mostTokens(model.info()),
                            clock,
                            progress);
            try {
                Optional<String> stopped = sitting.run(cancellation);
                open.end(
                        stopped.isPresent() ? RunLog.Status.CANCELLED : RunLog.Status.SUCCESS,
                        stopped.orElse(""));
            } catch (Fault fault) {
                open.end(RunLog.Status.ERROR, fault.getMessage());
                throw fault;
            }
            return open.log();
        }
    }

    private void requirePossible(Plan plan) {
        switch (plan.manner()) {
            case Manner.Usual _ -> {}
            case Manner.Bank bank -> {
                if (bank.programs() > 0 && runner == null) {
                    throw new Fault(
                            Fault.Code.UNAVAILABLE,
                            "The bank is to have %d programs and there is no sandbox to run them in; open one, or ask for words only (%d,0)."
                                    .formatted(bank.programs(), Math.max(1, bank.words())));
                }
            }
            case Manner.Forced(Budgets budgets) -> {
                budgets.requireSame(model.info());
                Assistant.requireForcing(model.info());
            }
        }
    }

    /// What asking one sample brought.
    ///
    /// @param result to be kept
    /// @param money the cost of its remote calls, in millionths
    record Asked(SampleResult result, long money) {}

    /// Asks one sample and scores the answer. The time is that of the answer; scoring does not
    /// count.
    ///
    /// @throws Fault if nothing can be answered now, or `CANCELLED`
    Asked ask(Plan plan, Sample sample, int epoch, Cancellation cancellation) {
        Recorder recorder = new Recorder();
        Instant started = clock.instant();
        long begin = clock.nanos();
        RunRequest request =
                new RunRequest(
                        sample.id(),
                        sample.messages(),
                        plan.mode(),
                        Budget.UNLIMITED,
                        SampleSeeds.of(plan.seed(), sample.id(), epoch),
                        plan.agents(),
                        cancellation);
        try {
            Gathered gathered = answer(plan, request, epoch, recorder);
            Outcome outcome = gathered.outcome();
            Duration wall = Duration.ofNanos(clock.nanos() - begin);
            Score score = scorer.score(sample, outcome.text());
            return new Asked(
                    new SampleResult(
                            sample.id(),
                            epoch,
                            outcome.text(),
                            outcome.answer(),
                            outcome.partial(),
                            Optional.of(score),
                            Optional.empty(),
                            recorder.stop(),
                            banked(sample, recorder.agents(), gathered.chains()),
                            recorder.shared(),
                            started,
                            wall),
                    recorder.money());
        } catch (Fault fault) {
            if (endsRun(fault.code())) {
                throw fault;
            }
            return new Asked(
                    new SampleResult(
                            sample.id(),
                            epoch,
                            "",
                            Optional.empty(),
                            true,
                            Optional.empty(),
                            Optional.of(
                                    new SampleResult.Failure(
                                            fault.code().name(), fault.getMessage())),
                            recorder.stop(),
                            recorder.agents(),
                            recorder.shared(),
                            started,
                            Duration.ofNanos(clock.nanos() - begin)),
                    recorder.money());
        }
    }

    /// Asks in the plan's manner.
    ///
    /// @return the answer, and for a bank the chains
    private Gathered answer(Plan plan, RunRequest request, int epoch, Recorder recorder) {
        Assistant assistant = new Assistant(model, clock, runner);
        return switch (plan.manner()) {
            case Manner.Usual _ -> new Gathered(assistant.answer(request, recorder), List.of());
            case Manner.Bank bank -> assistant.gather(request, bank.roster(), recorder);
            case Manner.Forced(Budgets budgets) -> {
                long tokens = budgets.of(request.run(), epoch);
                RunRequest limited = request.withBudget(request.budget().withTokens(tokens));
                yield new Gathered(assistant.force(limited, recorder), List.of());
            }
        };
    }

    /// Adds to the agents what a bank keeps of their chains. Equal texts are scored once.
    private List<AgentResult> banked(Sample sample, List<AgentResult> agents, List<Chain> chains) {
        Map<String, Score> scores = new HashMap<>();
        Map<Integer, Chain> byNumber = new HashMap<>();
        chains.forEach(chain -> byNumber.put(chain.number(), chain));
        List<AgentResult> all = new ArrayList<>();
        for (AgentResult agent : agents) {
            Chain chain = byNumber.get(agent.index());
            if (chain == null) {
                all.add(agent);
            } else {
                Score score = scores.computeIfAbsent(chain.text(), text -> score(sample, text));
                all.add(
                        agent.withBanked(
                                new AgentResult.Banked(
                                        chain.kind(),
                                        chain.whole(),
                                        chain.text(),
                                        chain.merit(),
                                        chain.note(),
                                        score)));
            }
        }
        return all;
    }

    private Score score(Sample sample, String text) {
        return text.isEmpty()
                ? Score.of(false, "", "there is no answer")
                : scorer.score(sample, text);
    }

    private static boolean endsRun(Fault.Code code) {
        return switch (code) {
            case CANCELLED, UNAVAILABLE, OVERLOADED, INVALID, NOT_FOUND, UNSUPPORTED -> true;
            case CONTEXT_FULL, BUDGET_SPENT, CORRUPT, INTERNAL -> false;
        };
    }
}
