package dev.polymnia.eval.calibrate;

import static java.util.Objects.requireNonNull;

import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.ProgramRunner;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.ModelProfile.ClassSettings;
import dev.polymnia.core.model.ProfiledModel;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.bank.Bank;
import dev.polymnia.eval.bank.Fit;
import dev.polymnia.eval.bank.Policy;
import dev.polymnia.eval.bank.Replay;
import dev.polymnia.eval.run.Evaluation;
import dev.polymnia.eval.run.Manner;
import dev.polymnia.eval.run.Plan;
import dev.polymnia.eval.run.Progress;
import dev.polymnia.eval.run.RunLimits;
import dev.polymnia.eval.score.Scorers;
import dev.polymnia.eval.task.Task;
import dev.polymnia.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds out how a model is best asked, on training questions: each candidate is tried on a few, a
/// branch bank of the best is made on all, and the vote is [fitted][Fit] to that. Every part is a
/// run in a folder, so what was stopped goes on where it was. Confined to one thread.
public final class Calibration {
    private final BranchingModel model;
    private final @Nullable Sandbox sandbox;
    private final @Nullable ProgramRunner programs;
    private final Place place;

    /// Where and how runs are made.
    ///
    /// @param folder keeps them
    /// @param limits of each run
    /// @param machine what the machine is, for a person
    /// @param progress returns what is told of a run's samples, by the run's name
    public record Place(
            Path folder,
            RunLimits limits,
            Map<String, String> machine,
            Function<String, Progress> progress) {}

    /// What is tried.
    ///
    /// @param few the questions on which candidates are compared
    /// @param all the questions of the bank
    /// @param candidates ways to ask
    /// @param chains how many chains of a kind each candidate gets for a question
    /// @param bank how many chains the bank has
    /// @param agents of the team that the vote is fitted for
    /// @param seed of all runs
    public record Trial(
            Task few,
            Task all,
            Candidates candidates,
            int chains,
            Manner.Bank bank,
            int agents,
            long seed) {}

    /// What was found.
    ///
    /// @param question the class of the questions
    /// @param settings how it is best asked
    /// @param questions how many the bank has
    /// @param figures what was measured, by name
    public record Found(
            TaskClass question,
            ClassSettings settings,
            int questions,
            SortedMap<String, Double> figures) {}

    /// Prepares.
    ///
    /// @param model is asked; it stays the caller's
    /// @param sandbox scores answers that are code; null if there are none
    /// @param programs runs the programs of agents; null if nothing can run them, so that only
    ///   words are tried
    public Calibration(
            BranchingModel model,
            @Nullable Sandbox sandbox,
            @Nullable ProgramRunner programs,
            Place place) {
        this.model = requireNonNull(model, "model is null");
        this.sandbox = sandbox;
        this.programs = programs;
        this.place = requireNonNull(place, "place is null");
    }

    /// Makes all runs that are not there yet, and chooses; blocks.
    ///
    /// @return what was found; empty if a limit or a person ended it before
    /// @throws Fault `INVALID` if the questions are of several classes, or a folder holds other
    ///   runs; as [Evaluation#run]
    public Optional<Found> run(Trial trial, Cancellation cancellation) {
        TaskClass question = classOf(trial.all());
        SortedMap<String, Double> figures = new TreeMap<>();
        Candidates candidates = trial.candidates();
        Optional<Approach> words = best(trial, question, candidates.words(), figures, cancellation);
        if (words.isEmpty()) {
            return Optional.empty();
        }
        List<Approach> team = new ArrayList<>(List.of(words.get()));
        if (programs != null && !candidates.programs().isEmpty()) {
            Optional<Approach> written =
                    best(trial, question, candidates.programs(), figures, cancellation);
            if (written.isEmpty()) {
                return Optional.empty();
            }
            team.add(written.get());
        }
        Optional<Approach> alone = alone(trial, question, figures, cancellation);
        if (alone.isEmpty()) {
            return Optional.empty();
        }
        return fitted(trial, question, alone.get(), team, figures, cancellation);
    }

    /// Returns the class of the questions of a task.
    ///
    /// @throws Fault `INVALID` if they are of several
    public static TaskClass classOf(Task task) {
        Set<TaskClass> classes =
                task.samples().stream()
                        .map(sample -> Assistant.classOf(sample.messages()))
                        .collect(Collectors.toSet());
        if (classes.size() != 1) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The questions of %s are of %d classes (%s); calibrate with questions of one."
                            .formatted(task.name(), classes.size(), classes));
        }
        return classes.iterator().next();
    }

    /// Compares candidates of a kind by the plain vote of their chains.
    private Optional<Approach> best(
            Trial trial,
            TaskClass question,
            List<Approach> candidates,
            SortedMap<String, Double> figures,
            Cancellation cancellation) {
        Approach best = candidates.getFirst();
        double most = -1;
        for (Approach candidate : candidates) {
            boolean word = candidate.kind() != Approach.Kind.PROGRAM;
            Manner.Bank shape =
                    word ? new Manner.Bank(trial.chains(), 0) : new Manner.Bank(0, trial.chains());
            String name = (word ? "words-" : "program-") + candidate.name();
            Plan plan = Plan.bank(trial.few(), trial.seed(), 1, 0, shape);
            Optional<RunLog> log =
                    run(
                            plan,
                            profile(trial, question, candidate, List.of(candidate)),
                            name,
                            cancellation);
            if (log.isEmpty()) {
                return Optional.empty();
            }
            Bank bank = Bank.of(log.get());
            Replay vote = Replay.of(bank, Policy.plain(shape.words(), shape.programs()));
            double accuracy = vote.accuracy().orElseThrow().value();
            figures.put(name + "-vote", accuracy);
            figures.put(name + "-chain", bank.meanValue());
            figures.put(name + "-tokens", vote.generatedTokens() / trial.chains());
            if (accuracy > most) {
                most = accuracy;
                best = candidate;
            }
        }
        return Optional.of(best);
    }

    /// Compares the candidates in words for an agent that thinks alone.
    private Optional<Approach> alone(
            Trial trial,
            TaskClass question,
            SortedMap<String, Double> figures,
            Cancellation cancellation) {
        ModelProfile.ModeSettings usual = model.info().profile().settings(Mode.THINKING);
        Approach best = trial.candidates().words().getFirst();
        double most = -1;
        for (Approach candidate : trial.candidates().words()) {
            Approach lone = alone(candidate, usual.sampling(), usual.maxTokens());
            String name = "thinking-" + candidate.name();
            Plan plan = new Plan(trial.few(), Mode.THINKING, trial.seed(), 1, 1, 0);
            Optional<RunLog> log =
                    run(
                            plan,
                            profile(trial, question, lone, List.of(candidate)),
                            name,
                            cancellation);
            if (log.isEmpty()) {
                return Optional.empty();
            }
            double accuracy =
                    log.get().results().stream()
                            .mapToDouble(SampleResult::value)
                            .average()
                            .orElse(0);
            figures.put(name, accuracy);
            if (accuracy > most) {
                most = accuracy;
                best = lone;
            }
        }
        return Optional.of(best);
    }

    private static Approach alone(Approach candidate, Sampling sampling, int maxTokens) {
        return new Approach(
                candidate.name(),
                Approach.Kind.WORDS,
                1,
                candidate.hint(),
                sampling,
                maxTokens,
                1,
                0);
    }

    /// Makes the bank and fits the vote to it.
    private Optional<Found> fitted(
            Trial trial,
            TaskClass question,
            Approach alone,
            List<Approach> team,
            SortedMap<String, Double> figures,
            Cancellation cancellation) {
        Manner.Bank shape =
                team.size() > 1 ? trial.bank() : new Manner.Bank(trial.bank().words(), 0);
        Plan plan = Plan.bank(trial.all(), trial.seed(), 1, 0, shape);
        ModelProfile profile = profile(trial, question, alone, team);
        Optional<RunLog> log = run(plan, profile, "bank", cancellation);
        if (log.isEmpty()) {
            return Optional.empty();
        }
        Fit fit = Fit.of(Bank.of(log.get()), trial.agents(), trial.seed());
        figures.put("vote", fit.accuracy());
        if (!Double.isNaN(fit.plain())) {
            figures.put("vote-plain-words", fit.plain());
        }
        figures.put("vote-tokens", fit.tokens());
        figures.put("vote-steps", fit.steps());
        figures.put("agents", (double) trial.agents());
        TeamProfile chosen =
                new TeamProfile(
                        trial.candidates().instruction(),
                        fit.policy().over(team),
                        fit.policy().stop());
        return Optional.of(
                new Found(
                        question,
                        new ClassSettings(alone, chosen),
                        log.get().results().size(),
                        figures));
    }

    private ModelProfile profile(
            Trial trial, TaskClass question, Approach alone, List<Approach> team) {
        Approach thinking =
                alone.kind() == Approach.Kind.PROGRAM
                        ? trial.candidates().words().getFirst()
                        : alone;
        return model.info()
                .profile()
                .withClass(
                        question,
                        new ClassSettings(
                                thinking.of(Approach.Kind.WORDS),
                                new TeamProfile(
                                        trial.candidates().instruction(),
                                        team,
                                        TeamProfile.Stop.NONE)));
    }

    /// Makes a run, or what is left of it.
    ///
    /// @return the run; empty if it was ended before its last sample
    private Optional<RunLog> run(
            Plan plan, ModelProfile profile, String name, Cancellation cancellation) {
        // The wrapper is not closed: the model under it is the caller's.
        ProfiledModel asked = new ProfiledModel(model, profile);
        Evaluation evaluation =
                new Evaluation(
                        asked,
                        Clock.SYSTEM,
                        Scorers.named(plan.task().scorer(), sandbox),
                        programs);
        RunLog log =
                evaluation.run(
                        plan,
                        place.folder().resolve(name),
                        place.limits(),
                        place.machine(),
                        place.progress().apply(name),
                        cancellation);
        return Optional.of(log).filter(it -> it.status() == RunLog.Status.SUCCESS);
    }
}
