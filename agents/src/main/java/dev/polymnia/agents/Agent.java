package dev.polymnia.agents;

import dev.polymnia.agents.answer.AnswerReader;
import dev.polymnia.agents.answer.Loops;
import dev.polymnia.core.Fault;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.AgentReport;
import dev.polymnia.core.run.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One chain of thought of a run, from its start to the answer found in its words. Confined to the
/// run's thread.
final class Agent implements AutoCloseable {
    private final Run run;
    private final Seat seat;
    private final Trunk trunk;
    private final Talk talk;
    private final Speech speech;
    private final AnswerReader reader;
    private final AgentProgram program;

    /// None as long as an agent of a suspended run waits for its tools.
    private @Nullable Branch branch;

    private final Duration started;
    private @Nullable BranchResult result;
    private @Nullable Fault failure;

    private Agent(Run run, Seat seat, Trunk trunk, @Nullable Branch branch, Talk talk) {
        this.run = run;
        this.seat = seat;
        this.trunk = trunk;
        this.branch = branch;
        this.talk = talk;
        speech = new Speech(run, seat);
        reader = run.brief().answerReader();
        program = new AgentProgram(run, seat);
        started = run.account().elapsed();
        run.desk().began(seat.number());
    }

    /// Agents that begin together.
    ///
    /// @param seats who they are
    /// @param options how each samples in its first turn
    record Start(List<Seat> seats, int wave, Function<Seat, GenerationOptions> options) {
        /// Copies the parts.
        Start {
            seats = List.copyOf(seats);
        }
    }

    /// Starts the agents of a wave on a trunk, together.
    ///
    /// @param prompt the conversation; each reads its approach's exemplars and hint besides
    static List<Agent> startAll(Run run, Start start, Trunk trunk, Prompt prompt) {
        List<Agent> agents = new ArrayList<>();
        List<Seat> seats = start.seats();
        if (seats.isEmpty()) {
            return agents;
        }
        List<Trunk.Fork> forks = new ArrayList<>();
        for (Seat seat : seats) {
            forks.add(fork(run, seat, prompt, start.options().apply(seat)));
        }
        List<Branch> branches = trunk.forkAll(forks);
        // Told now, as of those that cannot be started no end would be told either. What their
        // branches say waits in the run's queue meanwhile.
        for (Seat seat : seats) {
            run.tell(
                    seat.number(),
                    new Event.AgentStarted(
                            start.wave(), run.brief().seed(seat), seat.approach().name()));
        }
        for (Branch branch : branches) {
            Seat seat = seats.get(agents.size());
            agents.add(new Agent(run, seat, trunk, branch, new Talk(asked(seat, prompt))));
        }
        return agents;
    }

    /// Puts agents of a suspended run back to where they waited; they ask once more for what they
    /// wait for.
    ///
    /// @param prompt the conversation
    static List<Agent> resumeAll(
            Run run, List<Suspended.Waiting> waiting, Trunk trunk, Prompt prompt) {
        List<Agent> agents = new ArrayList<>();
        for (Suspended.Waiting each : waiting) {
            Talk talk = Talk.restored(asked(each.seat(), prompt), each);
            Agent agent = new Agent(run, each.seat(), trunk, null, talk);
            agent.speech.restore(each);
            agents.add(agent);
        }
        agents.forEach(agent -> run.askTools(agent.number(), agent.talk.openCalls()));
        return agents;
    }

    private static Prompt asked(Seat seat, Prompt prompt) {
        return Exemplars.before(prompt, seat.approach()).withHint(seat.approach().hint());
    }

    private static Trunk.Fork fork(Run run, Seat seat, Prompt prompt, GenerationOptions options) {
        return new Trunk.Fork(
                new BranchRequest(asked(seat, prompt), options),
                event -> run.take(seat.number(), new Run.News.Said(event)));
    }

    int number() {
        return seat.number();
    }

    private Approach.Kind kind() {
        return seat.approach().kind();
    }

    /// Takes what is told of this agent and tells it on, words in their channel.
    ///
    /// @return the words of the answer that it brought; empty if none
    String take(Run.News news) {
        return switch (news) {
            case Run.News.Said(BranchEvent event) -> take(event);
            case Run.News.Ran(ProgramRunner.Result came) -> {
                program.ran(came);
                yield "";
            }
            case Run.News.Unrunnable(Fault fault) -> {
                program.failed(fault);
                yield "";
            }
            case Run.News.Answered(Content.ToolResult answered, int agents) ->
                    hear(answered, agents);
            case Run.News.Halted(StopReason reason) -> {
                result = talk.stopped(reason);
                yield "";
            }
            case Run.News.Returned _, Run.News.Raised _, Run.News.More _, Run.News.Finish _ ->
                    throw new IllegalStateException("this is for the run, not for an agent");
        };
    }

    private String take(BranchEvent event) {
        return switch (event) {
            case BranchEvent.Delta delta -> speech.say(delta);
            case BranchEvent.Ended ended -> end(ended);
            case BranchEvent.Failed failed -> {
                failure = new Fault(failed.code(), failed.message());
                talk.failed(failed.usage());
                run.account().settle(number(), failed.usage());
                run.tell(number(), new Event.Told(failed));
                yield "";
            }
            case BranchEvent.Started _ -> {
                run.settle(trunk);
                run.tell(number(), new Event.Told(event));
                yield "";
            }
            case BranchEvent.Called(Content.ToolCall call) -> {
                run.tell(number(), new Event.Told(new BranchEvent.Called(talk.called(call))));
                yield "";
            }
        };
    }

    private String end(BranchEvent.Ended ended) {
        String words = speech.finish();
        BranchResult turn = talk.ended(ended.result());
        run.settle(trunk);
        run.account().settle(number(), turn.usage());
        run.tell(number(), new Event.Told(new BranchEvent.Ended(turn)));
        if (asksTools(turn)) {
            run.askTools(number(), talk.calls());
            return words;
        }
        result = talk.whole(turn);
        if (program.isWanted() && !ended.result().reason().isCutOff()) {
            program.start(speech.said());
        }
        return words;
    }

    private boolean asksTools(BranchResult turn) {
        return turn.reason() == StopReason.TOOL_CALL
                && run.desk().isOpen()
                && !talk.calls().isEmpty()
                && !talk.isExhausted();
    }

    /// Takes a tool's answer; once all are there the agent speaks on.
    private String hear(Content.ToolResult answered, int agents) {
        Content.ToolCall call = talk.answered(answered);
        run.tell(number(), new Event.ToolFinished(call, answered, agents));
        if (!talk.openCalls().isEmpty()) {
            return "";
        }
        Optional<StopReason> halted = run.desk().halted();
        if (halted.isPresent()) {
            result = talk.stopped(halted.get());
            return "";
        }
        String words = speech.newTurn();
        GenerationOptions options =
                branch == null ? run.brief().options(seat) : run.brief().laterOptions(seat);
        speakOn(new BranchRequest(talk.next(), options));
        return words;
    }

    private void speakOn(BranchRequest request) {
        BranchListener listener = event -> run.take(number(), new Run.News.Said(event));
        Branch before = branch;
        if (before != null) {
            // It told its end, but it can be run on only when it has stopped.
            before.await();
        }
        try {
            if (before == null) {
                branch = trunk.fork(request, listener);
            } else {
                before.resume(request, listener);
            }
        } catch (Fault fault) {
            // What the tools said may not fit the model; that ends this agent only.
            take(new BranchEvent.Failed(fault.code(), fault.getMessage(), Usage.NONE));
        }
    }

    /// Tells that this agent is done, once its branch has ended or failed.
    void tellFinished() {
        run.desk().finished(number(), wasDropped());
        StopReason reason = reason().orElse(StopReason.FAILED);
        boolean tells = run.model().info().can(Capability.LOG_PROBABILITIES);
        run.account()
                .report(
                        new AgentReport(
                                number(),
                                seat.approach().name(),
                                started,
                                run.account().elapsed(),
                                tells ? speech.reasoningTokens() : -1,
                                shortAnswer(),
                                votes(),
                                confidence(),
                                reason,
                                note()));
        run.tell(
                number(),
                new Event.AgentFinished(
                        shortAnswer(), votes(), confidence(), reason, talk.spent(), note()));
    }

    /// Returns all that it wrote aloud.
    String said() {
        return speech.said();
    }

    /// Returns whether it was cut off or failed.
    private boolean wasDropped() {
        return reason().map(StopReason::isCutOff).orElse(true);
    }

    /// Returns whether words of its answer have been told.
    boolean hasAnswered() {
        return !speech.answer().isEmpty();
    }

    /// Returns why it got no further, if it called tools and never came to an end.
    Optional<Fault> gaveUp() {
        boolean calling = result != null && result.reason() == StopReason.TOOL_CALL;
        return calling && talk.isExhausted()
                ? Optional.of(
                        new Fault(
                                Fault.Code.BUDGET_SPENT,
                                "There is no answer: the model called tools in %d turns and would call them again; ask for less at once, or another model."
                                        .formatted(Talk.MOST_ROUNDS)))
                : Optional.empty();
    }

    /// Returns why there is nothing of it; empty if nothing went wrong.
    Optional<Fault> fault() {
        return failure().or(this::unrunnable).or(this::gaveUp);
    }

    /// Returns this as data, once it is done.
    Suspended.Ended ended() {
        return new Suspended.Ended(
                seat.approach(),
                chain(),
                wasDropped(),
                fault().map(why -> new Suspended.Failure(why.code(), why.getMessage())));
    }

    /// Returns this as data, while it waits for tools.
    Suspended.Waiting waiting() {
        return talk.waiting(seat, speech);
    }

    boolean isDone() {
        return !program.isRunning() && (result != null || failure != null);
    }

    Optional<Fault> failure() {
        return Optional.ofNullable(failure);
    }

    /// Returns why its program could not be run, which says nothing about the program.
    Optional<Fault> unrunnable() {
        return program.unrunnable();
    }

    /// Returns whether the agent came to an end of its own: it was not cut off, did not fail, said
    /// something and does not go round in circles; its program came to a result.
    private boolean isWhole() {
        if (kind() == Approach.Kind.PROGRAM) {
            return shortAnswer().isPresent();
        }
        return hasEnded() && !text().isEmpty() && !isLooping();
    }

    private boolean isLooping() {
        return Loops.isLooping(speech.reasoning()) || Loops.isLooping(speech.said());
    }

    private boolean hasEnded() {
        return !wasDropped() && gaveUp().isEmpty();
    }

    /// Returns whether the agent's answer counts.
    private boolean votes() {
        return isWhole() && shortAnswer().isPresent();
    }

    /// Returns whether the agent came to an end of its own, and to this short answer.
    boolean comesTo(String answer) {
        return isWhole() && reader.comeTo(speech.said(), answer);
    }

    /// Returns the short answer in canonical form; empty if the words hold none. Of words that were
    /// cut off, or that answer a question for code, only an answer that is stated as one counts.
    Optional<String> shortAnswer() {
        return switch (kind()) {
            case WORDS -> statedAnswer();
            case PROGRAM -> program.output().flatMap(reader::result);
            case CODE -> program.output();
        };
    }

    private Optional<String> statedAnswer() {
        return hasEnded() && !isForCode()
                ? reader.read(speech.said())
                : reader.stated(speech.said());
    }

    /// Returns the words for a person: what its program came to, or those of the answer; if the
    /// model set none apart, the short answer that they state; if they state none, all words.
    String text() {
        if (kind() == Approach.Kind.PROGRAM) {
            return program.output().map(reader::worded).orElse("");
        }
        String words = speech.answer().strip();
        if (!words.isEmpty()) {
            return words;
        }
        String all = speech.reasoning().strip();
        return isForCode() ? all : reader.wording(speech.said()).orElse(all);
    }

    private boolean isForCode() {
        return kind() == Approach.Kind.CODE || run.brief().question() == TaskClass.CODE;
    }

    /// Returns the mean probability of the tokens; NaN if the model does not tell.
    private double confidence() {
        return result == null ? Double.NaN : Math.exp(result.meanLogProbability());
    }

    /// Returns what a vote has to know of this agent, once it is done.
    Chain chain() {
        return new Chain(
                number(),
                seat.approach().kind(),
                text(),
                shortAnswer(),
                isWhole(),
                confidence(),
                talk.spent().generated(),
                program.merit(),
                note());
    }

    private String note() {
        if (gaveUp().isPresent()) {
            return "it still called tools after %d turns".formatted(Talk.MOST_ROUNDS);
        }
        if (failure != null) {
            return failure.getMessage();
        }
        if (program.isWanted()) {
            return program.note();
        }
        if (hasEnded() && text().isEmpty()) {
            return "it said nothing";
        }
        return hasEnded() && isLooping() ? "it goes round in circles" : "";
    }

    /// Returns why it stopped; empty if it is at work or has failed.
    Optional<StopReason> reason() {
        return Optional.ofNullable(result)
                .map(BranchResult::reason)
                .map(reason -> program.stopped().orElse(reason));
    }

    void cancel() {
        if (branch != null) {
            branch.cancel();
        }
        program.stop(StopReason.CANCELLED);
    }

    @Override
    public void close() {
        if (branch != null) {
            branch.close();
        }
        program.close();
    }
}
