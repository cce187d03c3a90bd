package dev.polymnia.agents;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.Demands;
import dev.polymnia.core.model.Meter;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers questions with a model, in the mode that each asks for. Thread-safe: any number of runs
/// at once.
public final class Assistant {
    private final BranchingModel model;
    private final Clock clock;
    private final @Nullable ProgramRunner programs;

    /// Creates an assistant whose agents write no programs.
    ///
    /// @param model answers; it stays the caller's, who closes it
    /// @param clock tells the time that budgets are held against
    public Assistant(BranchingModel model, Clock clock) {
        this(model, clock, null);
    }

    /// Creates an assistant.
    ///
    /// @param model answers; it stays the caller's, who closes it
    /// @param clock tells the time that budgets are held against
    /// @param programs runs the programs that agents write; null if nothing can run them, so that
    ///   all agents reason in words
    public Assistant(BranchingModel model, Clock clock, @Nullable ProgramRunner programs) {
        this.model = requireNonNull(model, "model is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.programs = programs;
    }

    /// Answers one question; blocks until the answer is there.
    ///
    /// @param request the question
    /// @param listener is told what happens; the last event is a [RunFinished][Event.RunFinished]
    ///   or, if this method throws a fault, a [RunFailed][Event.RunFailed]
    /// @return the answer; partial if the budget ended the run
    /// @throws Fault with `CANCELLED` if the run was cancelled or this thread interrupted,
    ///   `BUDGET_SPENT` if the budget ended before there were words, `CONTEXT_FULL` if the question
    ///   is longer than the model's context, `INVALID` if the request has tools that its client
    ///   runs ([begin][#begin] it then), `UNSUPPORTED` if the model cannot keep to the form that is
    ///   wanted, or as the model failed
    public Outcome answer(RunRequest request, RunListener listener) {
        requireNoClient(request);
        return outcome(begin(request, listener));
    }

    /// Answers one question whose tools may be the client's; blocks until the answer is there or
    /// the client has to run tools.
    ///
    /// @param listener is told what happens, as in [#answer]; if the run is suspended the last
    ///   event is [Suspended][Event.Suspended]
    /// @return the answer, or what is needed to go on
    /// @throws Fault as [#answer]; `UNSUPPORTED` if the request has tools and the model has no
    ///   place for them
    public RunResult begin(RunRequest request, RunListener listener) {
        return answer(request, listener, strategy(request));
    }

    /// Starts a run in the background and returns at once.
    ///
    /// @param listener is told what happens, as in [#begin], on the run's thread
    /// @return the run, which the caller closes
    public BackgroundRun start(RunRequest request, RunListener listener) {
        Run run = new Run(request, model, clock, listener, programs);
        return new BackgroundRun(run, () -> answer(run, strategy(request)));
    }

    /// Goes on with a suspended run; blocks as [#begin]. Its events go on where they ended, and so
    /// do its budget and its votes. The question is read again; any assistant with the same model
    /// and profile can do it.
    ///
    /// @param before used once; what it has come to is in what is returned
    /// @param results what the client's tools answered, by the ids of the [calls][Suspended#calls]
    /// @param listener is told what happens from now on
    /// @throws Fault as [#begin]; `INVALID` if a result is missing or belongs to no call, and then
    ///   nothing is told and it can be tried again
    public RunResult resume(
            Suspended before, Map<String, Content.ToolResult> results, RunListener listener) {
        return goOn(reopen(before, results, listener));
    }

    /// Goes on with a suspended run in the background and returns at once.
    ///
    /// @param before as in [#resume]
    /// @param results as in [#resume]
    /// @param listener is told what happens from now on, on the run's thread
    /// @return the run, which the caller closes
    /// @throws Fault `INVALID` as [#resume]
    public BackgroundRun startAgain(
            Suspended before, Map<String, Content.ToolResult> results, RunListener listener) {
        Run run = reopen(before, results, listener);
        return new BackgroundRun(run, () -> goOn(run));
    }

    /// Starts a leg of a run in the background and returns at once.
    ///
    /// @param waiting takes the run back if a result is missing, so that it can be sent again
    /// @param listener is told what happens from now on, on the run's thread
    /// @return the run, which the caller closes; if it is suspended once more the caller keeps it
    /// @throws Fault `INVALID` as [#resume]
    public BackgroundRun start(Leg leg, SuspendedRuns waiting, RunListener listener) {
        if (leg.before().isEmpty()) {
            return start(leg.request(), listener);
        }
        try {
            return startAgain(leg.before().get(), leg.results(), listener);
        } catch (Fault fault) {
            waiting.keep(leg.before().get());
            throw fault;
        }
    }

    private Run reopen(
            Suspended before, Map<String, Content.ToolResult> results, RunListener listener) {
        return Run.resumed(before, before.settle(results), model, clock, listener, programs);
    }

    private static RunResult goOn(Run opened) {
        return answer(opened, strategy(opened.request()));
    }

    /// Samples chains for one question side by side, in full: nothing is stopped early. They are
    /// asked as the team that the profile has for the question; how many there are, the roster
    /// says.
    ///
    /// @param listener is told what happens, as in [#answer]
    /// @return all chains, and what a plain vote of them comes to
    /// @throws Fault as [#answer]; `UNSUPPORTED` if the model's profile has no approach of a kind
    ///   that the roster wants, or nothing runs programs; what kept a program from being run
    public Gathered gather(RunRequest request, Roster roster, RunListener listener) {
        Gather gather = new Gather(roster);
        requireNoTools(request, "A branch bank");
        Outcome outcome = outcome(answer(request, listener, gather));
        return new Gathered(outcome, gather.chains());
    }

    /// Answers one question with one agent that has to think for all the tokens of its budget:
    /// whenever it wants to answer before, it is told to wait, and at the end it has to answer
    /// (budget forcing, Muennighoff et al. 2025, "s1: Simple test-time scaling", section 3).
    ///
    /// @param request its mode is that of one agent; its budget's tokens are how long it thinks and
    ///   answers
    /// @param listener is told what happens, as in [#answer]
    /// @throws Fault as [#answer]; `UNSUPPORTED` if the model thinks between tags of its own or
    ///   cannot be given the beginning of its answer
    public Outcome force(RunRequest request, RunListener listener) {
        requireForcing(model.info());
        requireNoTools(request, "Budget forcing");
        return outcome(answer(request, listener, new Force()));
    }

    /// Returns how many tokens the prompt of a question has that all its agents share. The model
    /// counts; it may begin to read the prompt, and keeps what it has read.
    ///
    /// @throws Fault `UNSUPPORTED` if the model does not count; `CONTEXT_FULL` if the prompt does
    ///   not fit
    public int promptTokens(RunRequest request) {
        Brief brief = new Brief(request, model.info(), programs != null, Meter.UNLIMITED);
        String instruction =
                request.mode() == Mode.CONTEMPLATING
                        ? brief.team().instruction()
                        : brief.alone().instruction();
        try (Trunk trunk = model.open(brief.prompt(instruction))) {
            if (trunk.tokens() == 0) {
                throw new Fault(
                        Fault.Code.UNSUPPORTED,
                        model.info().name() + " does not say how many tokens a prompt has.");
            }
            return trunk.tokens();
        }
    }

    /// Checks that a model's thoughts can be [prolonged][#force].
    ///
    /// @throws Fault `UNSUPPORTED` if they cannot
    public static void requireForcing(ModelInfo model) {
        Force.require(model);
    }

    /// Returns which class of questions a conversation's last message belongs to, told from its
    /// words alone: what decides how the agents are asked.
    public static TaskClass classOf(List<Message> messages) {
        return Questions.classOf(messages, List.of());
    }

    private RunResult answer(RunRequest request, RunListener listener, Strategy strategy) {
        return answer(new Run(request, model, clock, listener, programs), strategy);
    }

    private static RunResult answer(Run opened, Strategy strategy) {
        try (Run run = opened) {
            RunResult result = result(run, strategy);
            // Whoever fails to hear of this end is told of no other.
            if (result instanceof RunResult.Answered(Outcome outcome)) {
                run.tell(new Event.RunFinished(outcome, run.account().ledger()));
            }
            return result;
        }
    }

    private static RunResult result(Run run, Strategy strategy) {
        RunRequest request = run.request();
        try {
            if (run.before().isEmpty()) {
                run.tell(
                        new Event.RunStarted(
                                request.mode(),
                                run.model().info().name(),
                                request.seed(),
                                request.budget()));
            }
            Demands.check(request.wishes().form(), run.model().info());
            return strategy.answer(run);
        } catch (Fault fault) {
            run.tell(new Event.RunFailed(fault.code(), fault.getMessage(), run.account().ledger()));
            throw fault;
        } catch (RuntimeException | StackOverflowError e) {
            // Whoever listens waits for an end, whatever it is.
            tellBroken(run, e);
            throw e;
        }
    }

    private static void tellBroken(Run run, Throwable why) {
        try {
            run.tell(
                    new Event.RunFailed(
                            Fault.Code.INTERNAL,
                            "The run broke off: " + why,
                            run.account().ledger()));
        } catch (RuntimeException listener) {
            why.addSuppressed(listener);
        }
    }

    private static Outcome outcome(RunResult result) {
        return switch (result) {
            case RunResult.Answered(Outcome outcome) -> outcome;
            case Suspended _ -> throw new IllegalStateException("the run waits for nobody");
        };
    }

    private static void requireNoClient(RunRequest request) {
        if (!request.clientTools().isEmpty()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The tool '%s' is to be run by the client, for which an answer in one piece cannot wait; begin the run and resume it, or leave the tool out."
                            .formatted(request.clientTools().getFirst().name()));
        }
    }

    private static void requireNoTools(RunRequest request, String what) {
        if (!request.specs().isEmpty()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "%s has no place for tools, but the request has '%s'; leave it out."
                            .formatted(what, request.specs().getFirst().name()));
        }
    }

    private static Strategy strategy(RunRequest request) {
        if (request.wishes().answers() > 1) {
            return new Several();
        }
        return switch (request.mode()) {
            case INSTANT, THINKING -> new Single();
            case CONTEMPLATING -> new Contemplate();
        };
    }
}
