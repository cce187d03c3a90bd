package dev.polymnia.remote;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchLife;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.core.model.ToolChoice;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.text.Telling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One start or continuation of a branch: its words, what it may spend, and what its listener is
/// told. Confined to the thread that asks for it, which may hand it on to another one.
final class Course {
    private enum State {
        /// The endpoint owes it words.
        RUNNING,
        /// It has all its words; what they cost is still to come.
        FINISHED,
        /// The end has been told.
        OVER
    }

    /// What a stop hook is told of a piece whose tokens nobody has described.
    private static final List<TokenDetail> UNTOLD =
            List.of(new TokenDetail(-1, "", Double.NaN, Double.NaN, List.of()));

    private final RemoteBranch branch;
    private final BranchRequest request;
    private final BranchListener listener;
    private final Telling telling;
    private final Turn turn;
    private final CallAssembly calls = new CallAssembly();
    private Faults faults;
    private State state = State.RUNNING;
    private StopReason reason = StopReason.END;
    private boolean spoke;
    private int wanted;
    private int granted;
    private int counted;
    private int scored;
    private double logProbabilities;

    /// @param faults of the endpoint that will be asked first
    Course(
            RemoteBranch branch,
            BranchRequest request,
            BranchListener listener,
            ReasoningSwitch reasoning,
            Faults faults) {
        this.branch = branch;
        this.faults = faults;
        this.request = request;
        this.listener = listener;
        telling = new Telling(listener);
        turn = new Turn(reasoning, request.prompt().beginning(), options().stops());
    }

    BranchRequest request() {
        return request;
    }

    /// Returns where its trunk is.
    Pool.Seat seat() {
        return branch.trunk().seat();
    }

    /// Learns which endpoint is asked for it now.
    void askedAt(Link link) {
        faults = link.wire().faults();
    }

    private GenerationOptions options() {
        return request.options();
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    boolean isFinished() {
        return state == State.FINISHED;
    }

    boolean isOver() {
        return state == State.OVER;
    }

    /// Returns whether the endpoint has told anything of it.
    boolean spoke() {
        return spoke;
    }

    /// Returns how many tokens were counted: as many as were described, else one for each piece.
    int counted() {
        return counted;
    }

    int granted() {
        return granted;
    }

    /// Returns how many tokens its prompt has; 0 if nobody has told.
    int promptTokens() {
        return branch.trunk().tokensOf(request.prompt());
    }

    void promptReported(long tokens) {
        branch.trunk().learn(request.prompt(), (int) Math.min(tokens, Integer.MAX_VALUE));
    }

    /// Returns why it has to stop now, or null if it may go on.
    @Nullable StopReason stop() {
        if (branch.cancelled() || options().cancellation().isRequested()) {
            return StopReason.CANCELLED;
        }
        return options().meter().isTimeUp() ? StopReason.BUDGET_TIME : null;
    }

    /// Reserves tokens until it has a number of them, or gives back what is more.
    ///
    /// @param tokens how many it is to have
    void reserve(int tokens) {
        wanted = Math.max(wanted, tokens);
        if (tokens > granted) {
            granted += options().meter().reserve(tokens - granted);
        } else {
            release(granted - tokens);
        }
    }

    /// Gives back reserved tokens.
    void release(int tokens) {
        if (tokens > 0) {
            options().meter().release(tokens);
            granted -= tokens;
        }
    }

    /// Reserves the prompt of its call.
    boolean reservePrompt(long tokens) {
        return options().meter().reservePrompt(tokens);
    }

    /// Settles the call that it shares with others; they have the same meter.
    void settleCall(long prompt, long granted, Usage usage) {
        options().meter().settleCall(prompt, granted, usage);
    }

    /// Returns whether it may spend all it wants.
    boolean isFullyGranted() {
        return granted >= wanted;
    }

    /// Takes what the endpoint told of it.
    ///
    /// @throws RuntimeException as its listener throws
    void take(Chunk.Part part) {
        if (!spoke && !(part.isEmpty() && part.finish().isEmpty())) {
            spoke = true;
            listener.on(new BranchEvent.Started(0, promptTokens()));
        }
        counted += part.isEmpty() ? 0 : Math.max(1, part.tokens().size());
        part.tokens().stream()
                .mapToDouble(TokenDetail::logProbability)
                .filter(each -> !Double.isNaN(each))
                .forEach(each -> {
                    scored++;
                    logProbabilities += each;
                });
        if (!(options().toolChoice() instanceof ToolChoice.None)) {
            part.calls().forEach(calls::add);
        }
        List<TokenDetail> tokens =
                options().detail().logProbabilities() ? part.tokens() : List.of();
        telling.tell(turn.accept(part.reasoning(), part.content()), tokens);
        if (turn.stopped()) {
            finish(StopReason.STOP_STRING);
        } else if (!part.isEmpty() && hookStops(tokens)) {
            finish(StopReason.STOP_HOOK);
        } else if (!part.finish().isEmpty()) {
            finish(reasonOf(part.finish()));
        } else if (counted > granted) {
            finish(cutOff());
        }
    }

    /// Asks the hook about each token of a piece, or about the piece if no tokens were told.
    private boolean hookStops(List<TokenDetail> tokens) {
        return (tokens.isEmpty() ? UNTOLD : tokens)
                .stream().anyMatch(options().stopHook()::stopsAfter);
    }

    /// Returns whether the endpoint would go on if it was let.
    boolean isCutByUs() {
        return state == State.FINISHED
                && (reason == StopReason.STOP_STRING
                        || reason == StopReason.STOP_HOOK
                        || counted > granted);
    }

    private StopReason reasonOf(String finish) {
        return switch (finish) {
            case "length" -> cutOff();
            case "tool_calls", "function_call" ->
                    calls.isEmpty() ? StopReason.END : StopReason.TOOL_CALL;
            case "content_filter", "abort", "error" -> throw faults.withheld(finish);
            // Some say "stop" after tool calls, too.
            default -> calls.isEmpty() ? StopReason.END : StopReason.TOOL_CALL;
        };
    }

    private StopReason cutOff() {
        return isFullyGranted() ? StopReason.LENGTH : StopReason.BUDGET_TOKENS;
    }

    private void finish(StopReason why) {
        reason = why;
        state = State.FINISHED;
        if (why == StopReason.END) {
            counted = Math.min(counted + 1, granted); // the end token, which is not shown
        }
    }

    /// Tells the end of a course that has all its words.
    void end(Usage usage) {
        end(reason, usage);
    }

    /// Tells the end.
    void end(StopReason why, Usage usage) {
        if (state == State.OVER) {
            return;
        }
        try {
            telling.tell(turn.finish(), List.of());
            List<Content.ToolCall> made = why == StopReason.TOOL_CALL ? calls.finish() : List.of();
            Heeding.check(options(), why, turn.message().text(), made, faults);
            made.forEach(this::tell);
        } catch (Throwable thrown) {
            fail(BranchLife.faultOf(thrown), usage);
            return;
        }
        state = State.OVER;
        BranchResult result = new BranchResult(turn.message(), why, usage, mean());
        try {
            listener.on(new BranchEvent.Ended(result));
        } catch (Throwable thrown) {
            branch.failed(
                    BranchLife.faultOf(
                            thrown)); // it has been told the end and must not be told another
            return;
        }
        branch.ended(result);
    }

    /// Tells a failure; the words that were told stay.
    void fail(Fault fault, Usage usage) {
        if (state == State.OVER) {
            return;
        }
        state = State.OVER;
        try {
            listener.on(new BranchEvent.Failed(fault.code(), fault.getMessage(), usage));
        } catch (Throwable thrown) {
            fault.addSuppressed(thrown);
        }
        branch.failed(fault);
    }

    private void tell(Content.ToolCall call) {
        turn.add(call);
        listener.on(new BranchEvent.Called(call));
    }

    private double mean() {
        boolean asked = options().detail().logProbabilities();
        return asked && scored > 0 ? logProbabilities / scored : Double.NaN;
    }
}
