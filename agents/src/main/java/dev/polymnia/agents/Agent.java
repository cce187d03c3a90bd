package dev.polymnia.agents;

import dev.polymnia.agents.answer.AnswerReader;
import dev.polymnia.agents.answer.Loops;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.AgentReport;
import dev.polymnia.core.run.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One chain of thought of a run, from its start to the answer found in its words. Confined to the
/// run's thread.
final class Agent implements AutoCloseable {
    private final Run run;
    private final Seat seat;
    private final Trunk trunk;
    private final Branch branch;
    private final Optional<AnswerSplitter> splitter;
    private final AnswerReader reader;

    /// What the model said aloud, the answer marker included.
    private final StringBuilder said = new StringBuilder();

    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder answer = new StringBuilder();
    private final Duration started;
    private Usage spent = Usage.NONE;
    private long reasoningTokens;
    private @Nullable BranchResult result;
    private @Nullable Fault failure;
    private @Nullable Fault unrunnable;
    private @Nullable RunningProgram running;
    private ProgramRunner.@Nullable Result ran;

    private Agent(Run run, Seat seat, Trunk trunk, Branch branch) {
        this.run = run;
        this.seat = seat;
        this.trunk = trunk;
        this.branch = branch;
        splitter = kind() == Approach.Kind.PROGRAM ? Optional.empty() : splitterOf(run);
        reader = run.answerReader();
        started = run.account().elapsed();
    }

    /// Starts the agents of a wave on a trunk, together.
    ///
    /// @param seats who they are
    /// @param prompt what the trunk was opened with; each reads its approach's hint besides
    static List<Agent> startAll(Run run, List<Seat> seats, int wave, Trunk trunk, Prompt prompt) {
        List<Agent> agents = new ArrayList<>();
        if (seats.isEmpty()) {
            return agents;
        }
        List<Trunk.Fork> forks = new ArrayList<>();
        for (Seat seat : seats) {
            run.tell(
                    seat.number(),
                    new Event.AgentStarted(wave, run.seed(seat), seat.approach().name()));
            forks.add(fork(run, seat, prompt));
        }
        List<Branch> branches = trunk.forkAll(forks);
        for (Branch branch : branches) {
            agents.add(new Agent(run, seats.get(agents.size()), trunk, branch));
        }
        return agents;
    }

    private static Trunk.Fork fork(Run run, Seat seat, Prompt prompt) {
        return new Trunk.Fork(
                new BranchRequest(prompt.withHint(seat.approach().hint()), run.options(seat)),
                event -> run.take(seat.number(), new Run.News.Said(event)));
    }

    private static Optional<AnswerSplitter> splitterOf(Run run) {
        if (run.request().mode() == Mode.INSTANT) {
            return Optional.empty();
        }
        return switch (run.reasoning()) {
            case ReasoningSwitch.Instructed(String marker) ->
                    Optional.of(new AnswerSplitter(marker));
            case ReasoningSwitch.Tagged _ -> Optional.empty();
        };
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
                ran = came;
                endProgram();
                yield "";
            }
            case Run.News.Unrunnable(Fault fault) -> {
                unrunnable = fault;
                endProgram();
                yield "";
            }
        };
    }

    private String take(BranchEvent event) {
        return switch (event) {
            case BranchEvent.Delta delta -> say(delta);
            case BranchEvent.Ended ended -> end(ended);
            case BranchEvent.Failed failed -> {
                failure = new Fault(failed.code(), failed.message());
                spent = failed.usage();
                run.account().settle(number(), spent);
                run.tell(number(), new Event.Told(failed));
                yield "";
            }
            case BranchEvent.Started _ -> {
                run.settle(trunk);
                run.tell(number(), new Event.Told(event));
                yield "";
            }
            case BranchEvent.Called _ -> {
                run.tell(number(), new Event.Told(event));
                yield "";
            }
        };
    }

    private String say(BranchEvent.Delta delta) {
        if (delta.channel() == Channel.ANSWER) {
            said.append(delta.text());
        }
        if (kind() == Approach.Kind.PROGRAM) {
            // What answers is what the program comes to.
            return tell(new BranchEvent.Delta(Channel.REASONING, delta.text(), delta.tokens()));
        }
        if (splitter.isEmpty() || delta.channel() == Channel.REASONING) {
            return tell(delta);
        }
        List<AnswerSplitter.Piece> pieces = splitter.get().accept(delta.text());
        if (pieces.isEmpty()) {
            return tell(new BranchEvent.Delta(channel(), "", delta.tokens()));
        }
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            AnswerSplitter.Piece piece = pieces.get(i);
            words.append(
                    tell(
                            new BranchEvent.Delta(
                                    piece.channel(),
                                    piece.text(),
                                    i == 0 ? delta.tokens() : List.of())));
        }
        return words.toString();
    }

    private Channel channel() {
        boolean answering = splitter.map(AnswerSplitter::isAnswering).orElse(true);
        return answering ? Channel.ANSWER : Channel.REASONING;
    }

    private String tell(BranchEvent.Delta delta) {
        (delta.channel() == Channel.ANSWER ? answer : reasoning).append(delta.text());
        reasoningTokens += delta.channel() == Channel.REASONING ? delta.tokens().size() : 0;
        run.tell(number(), new Event.Told(delta));
        return delta.channel() == Channel.ANSWER ? delta.text() : "";
    }

    private String end(BranchEvent.Ended ended) {
        StringBuilder words = new StringBuilder();
        splitter.map(AnswerSplitter::finish).orElse(List.of()).stream()
                .map(piece -> new BranchEvent.Delta(piece.channel(), piece.text(), List.of()))
                .forEach(delta -> words.append(tell(delta)));
        result = ended.result();
        spent = ended.result().usage();
        run.settle(trunk);
        run.account().settle(number(), spent);
        run.tell(number(), new Event.Told(ended));
        if (kind().isRun() && run.runsPrograms() && !ended.result().reason().isCutOff()) {
            runProgram(said.toString());
        }
        return words.toString();
    }

    /// Runs its program beside the run, which takes no longer than the run's time.
    private void runProgram(String program) {
        Duration longest = run.account().timeLeft();
        if (longest.isZero()) {
            return;
        }
        ProgramRunner.Work work =
                new ProgramRunner.Work(kind(), run.questionText(), program, longest);
        running =
                new RunningProgram(
                        "program-" + number(),
                        run.programs(),
                        work,
                        run.request().cancellation(),
                        news -> run.take(number(), news));
    }

    private void endProgram() {
        stopProgram();
        running = null;
    }

    private void stopProgram() {
        if (running != null) {
            running.close();
        }
    }

    /// Tells that this agent is done, once its branch has ended or failed.
    void tellFinished() {
        StopReason reason = result == null ? StopReason.FAILED : result.reason();
        boolean tells = run.model().info().can(Capability.LOG_PROBABILITIES);
        run.account()
                .report(
                        new AgentReport(
                                number(),
                                seat.approach().name(),
                                started,
                                run.account().elapsed(),
                                tells ? reasoningTokens : -1,
                                shortAnswer(),
                                votes(),
                                confidence(),
                                reason,
                                note()));
        run.tell(
                number(),
                new Event.AgentFinished(
                        shortAnswer(), votes(), confidence(), reason, spent, note()));
    }

    boolean isDone() {
        return running == null && (result != null || failure != null);
    }

    Optional<Fault> failure() {
        return Optional.ofNullable(failure);
    }

    /// Returns why its program could not be run, which says nothing about the program.
    Optional<Fault> unrunnable() {
        return Optional.ofNullable(unrunnable);
    }

    /// Returns whether the agent came to an end of its own: it was not cut off, did not fail and
    /// does not go round in circles; its program came to a result.
    private boolean isWhole() {
        if (kind() == Approach.Kind.PROGRAM) {
            return shortAnswer().isPresent();
        }
        return result != null
                && !result.reason().isCutOff()
                && !Loops.isLooping(reasoning.toString())
                && !Loops.isLooping(said.toString());
    }

    /// Returns whether the agent's answer counts.
    private boolean votes() {
        return isWhole() && shortAnswer().isPresent();
    }

    /// Returns the short answer in canonical form; empty if the words hold none. Of words that were
    /// cut off only an answer that is stated as one counts.
    Optional<String> shortAnswer() {
        return switch (kind()) {
            case WORDS -> statedAnswer();
            case PROGRAM -> output().flatMap(reader::result);
            case CODE -> output();
        };
    }

    private Optional<String> statedAnswer() {
        boolean ended = result != null && !result.reason().isCutOff();
        return ended ? reader.read(said.toString()) : reader.stated(said.toString());
    }

    private Optional<String> output() {
        return Optional.ofNullable(ran).flatMap(ProgramRunner.Result::output);
    }

    /// Returns the words for a person: what its program came to, or those of the answer; if the
    /// model set none apart, the short answer that they state; if they state none, all words.
    String text() {
        if (kind() == Approach.Kind.PROGRAM) {
            return output().orElse("");
        }
        String words = answer.toString().strip();
        if (!words.isEmpty()) {
            return words;
        }
        String all = reasoning.toString().strip();
        return kind() == Approach.Kind.CODE ? all : reader.wording(said.toString()).orElse(all);
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
                spent.generated(),
                ran == null ? 1 : ran.merit(),
                note());
    }

    private String note() {
        if (!kind().isRun() || !run.runsPrograms()) {
            return "";
        }
        if (unrunnable != null) {
            return unrunnable.getMessage();
        }
        return ran == null ? "it was not written to its end" : ran.note();
    }

    Optional<StopReason> reason() {
        return Optional.ofNullable(result).map(BranchResult::reason);
    }

    void cancel() {
        branch.cancel();
        stopProgram();
    }

    @Override
    public void close() {
        branch.close();
        stopProgram();
    }
}
