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
import java.util.OptionalDouble;
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
        return new Course(trial, cancellation).find();
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

    /// One calibration on its way. What is empty was ended before its time.
    private final class Course {
        private final Trial trial;
        private final Candidates candidates;
        private final TaskClass question;
        private final Cancellation cancellation;
        private final SortedMap<String, Double> figures = new TreeMap<>();

        Course(Trial trial, Cancellation cancellation) {
            this.trial = trial;
            this.cancellation = cancellation;
            candidates = trial.candidates();
            question = classOf(trial.all());
        }

        Optional<Found> find() {
            List<Approach> team = new ArrayList<>();
            if (!addBest(team, candidates.words(), this::vote)) {
                return Optional.empty();
            }
            boolean writes = programs != null && !candidates.programs().isEmpty();
            if (writes && !addBest(team, candidates.programs(), this::vote)) {
                return Optional.empty();
            }
            List<Approach> alone = new ArrayList<>();
            if (!addBest(
                    alone, candidates.words().stream().map(this::lone).toList(), this::think)) {
                return Optional.empty();
            }
            return fit(alone.getFirst(), team);
        }

        /// Adds the candidate that is right most often, of equals the first.
        ///
        /// @return whether all could be tried
        private boolean addBest(
                List<Approach> chosen,
                List<Approach> tried,
                Function<Approach, OptionalDouble> accuracy) {
            Approach best = tried.getFirst();
            double most = -1;
            for (Approach candidate : tried) {
                OptionalDouble right = accuracy.apply(candidate);
                if (right.isEmpty()) {
                    return false;
                }
                if (right.getAsDouble() > most) {
                    most = right.getAsDouble();
                    best = candidate;
                }
            }
            return chosen.add(best);
        }

        /// Measures the plain vote of a candidate's chains.
        private OptionalDouble vote(Approach candidate) {
            boolean program = candidate.kind() == Approach.Kind.PROGRAM;
            Manner.Bank shape =
                    program
                            ? new Manner.Bank(0, trial.chains())
                            : new Manner.Bank(trial.chains(), 0);
            String name = (program ? "program-" : "words-") + candidate.name();
            Plan plan = Plan.bank(trial.few(), trial.seed(), 1, 0, shape);
            Approach alone = program ? candidates.words().getFirst() : candidate;
            Optional<RunLog> log = run(plan, profile(alone, List.of(candidate)), name);
            if (log.isEmpty()) {
                return OptionalDouble.empty();
            }
            Bank bank = Bank.of(log.get());
            Replay vote = Replay.of(bank, Policy.plain(shape.words(), shape.programs()));
            double accuracy = vote.accuracy().orElseThrow().value();
            figures.put(name + "-vote", accuracy);
            figures.put(name + "-chain", bank.meanValue());
            figures.put(name + "-tokens", vote.generatedTokens() / trial.chains());
            return OptionalDouble.of(accuracy);
        }

        /// Returns how an agent goes about it that thinks alone, as the model likes to be sampled
        /// then.
        private Approach lone(Approach candidate) {
            ModelProfile.ModeSettings usual = model.info().profile().settings(Mode.THINKING);
            return Approach.words(candidate.hint(), usual.sampling(), usual.maxTokens())
                    .named(candidate.name())
                    .withExemplars(candidate.exemplars());
        }

        /// Measures one agent that thinks alone.
        private OptionalDouble think(Approach lone) {
            String name = "thinking-" + lone.name();
            Plan plan = new Plan(trial.few(), Mode.THINKING, trial.seed(), 1, 1, 0);
            Optional<RunLog> log = run(plan, profile(lone, List.of(lone)), name);
            if (log.isEmpty()) {
                return OptionalDouble.empty();
            }
            double accuracy =
                    log.get().results().stream()
                            .mapToDouble(SampleResult::value)
                            .average()
                            .orElse(0);
            figures.put(name, accuracy);
            return OptionalDouble.of(accuracy);
        }

        /// Makes the bank and fits the vote to it.
        private Optional<Found> fit(Approach alone, List<Approach> team) {
            Manner.Bank shape =
                    team.size() > 1 ? trial.bank() : new Manner.Bank(trial.bank().words(), 0);
            Plan plan = Plan.bank(trial.all(), trial.seed(), 1, 0, shape);
            ModelProfile asked = profile(alone, team);
            Optional<RunLog> log = run(plan, asked, "bank");
            if (log.isEmpty()) {
                return Optional.empty();
            }
            Bank bank = Bank.of(log.get());
            if (bank.isCode()) {
                return Optional.of(found(bank, alone, team));
            }
            Plan lone = new Plan(trial.all(), Mode.THINKING, trial.seed(), 1, 1, 0);
            return run(lone, asked, "thinking")
                    .map(it -> found(bank.withThinking(it), alone, team));
        }

        private Found found(Bank bank, Approach alone, List<Approach> team) {
            Fit fit = Fit.of(bank, trial.agents(), trial.seed());
            figures.put("vote", fit.accuracy());
            if (!Double.isNaN(fit.plain())) {
                figures.put("vote-plain-words", fit.plain());
            }
            figures.put("vote-tokens", fit.tokens());
            figures.put("vote-steps", fit.steps());
            figures.put("agents", (double) trial.agents());
            TeamProfile chosen =
                    new TeamProfile(
                            candidates.instruction(),
                            fit.policy().over(team, alone),
                            fit.policy().stop());
            return new Found(
                    question,
                    new ClassSettings(alone, chosen),
                    bank.log().results().size(),
                    figures);
        }

        private ModelProfile profile(Approach alone, List<Approach> team) {
            TeamProfile whole =
                    new TeamProfile(candidates.instruction(), team, TeamProfile.Stop.NONE);
            return model.info()
                    .profile()
                    .withClass(question, new ClassSettings(alone.of(Approach.Kind.WORDS), whole));
        }

        /// Makes a run, or what is left of it.
        private Optional<RunLog> run(Plan plan, ModelProfile profile, String name) {
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
}
