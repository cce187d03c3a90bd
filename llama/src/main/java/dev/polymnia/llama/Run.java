package dev.polymnia.llama;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchLife;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.text.Telling;
import dev.polymnia.llama.text.BranchText;
import dev.polymnia.llama.text.Draw;
import dev.polymnia.llama.text.LogitRow;
import dev.polymnia.llama.text.Sampler;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One start or continuation of a branch: the tokens it is made of, how the next one is drawn, and
/// what its listener is told. Where its tokens lie in memory is the business of [Residents].
/// Confined to the engine thread once it is submitted.
final class Run {
    private static final int PENALTY_WINDOW = 64;

    private final BranchState branch;
    private final RunOwner owner;
    private final GenerationOptions options;
    private final BranchListener listener;
    private final Telling telling;
    private final TokenList tokens;
    private final int promptSize;
    private final int limit;
    private final BranchText text;
    private final Sampler sampler;
    private boolean started;
    private int cached;
    private int computed;
    private int generated;
    private double logProbabilities;

    // Where it stands among the residents.
    private int toShare;
    private boolean connected;
    private boolean usesTrunk;

    /// What a run needs of the engine.
    ///
    /// @param lexicon the vocabulary
    /// @param row the work space of all samplers
    /// @param reasoning how the model marks its thoughts
    /// @param contextTokens the most tokens of prompt and answer together
    record Setting(Lexicon lexicon, LogitRow row, ReasoningSwitch reasoning, int contextTokens) {}

    /// @param encoded the request's prompt
    Run(
            BranchState branch,
            RunOwner owner,
            BranchRequest request,
            PromptEncoder.Encoded encoded,
            BranchListener listener,
            Setting setting) {
        this.branch = branch;
        this.owner = owner;
        this.options = request.options();
        this.listener = listener;
        telling = new Telling(listener);
        tokens = encoded.tokens();
        promptSize = tokens.size();
        limit = Math.min(options.maxTokens(), setting.contextTokens() - promptSize);
        text = new BranchText(setting.reasoning(), encoded.begun(), options.stops());
        sampler = new Sampler(options.sampling(), options.seed(), options.detail(), setting.row());
        for (int i = Math.max(0, promptSize - PENALTY_WINDOW); i < promptSize; i++) {
            sampler.accept(tokens.get(i));
        }
    }

    BranchState branch() {
        return branch;
    }

    /// Returns the prompt and what has been drawn since.
    TokenList tokens() {
        return tokens;
    }

    /// Returns how many more tokens it may draw.
    int left() {
        return limit - generated;
    }

    /// Returns how many tokens the memory does not hold yet; at least 1.
    int remaining() {
        return tokens.size() - branch.strand().held().size();
    }

    /// Returns whether it needs one row for its next token.
    boolean speaks() {
        return connected && started && remaining() == 1;
    }

    /// Returns whether it needs rows to read what it is made of.
    boolean reads() {
        return connected && !speaks();
    }

    /// Returns why it has to stop before the next step, or null if it may go on. What the callbacks
    /// throw comes through.
    @Nullable StopReason stopBeforeStep() {
        if (owner.cancelled() || options.cancellation().isRequested()) {
            return StopReason.CANCELLED;
        }
        return options.meter().isTimeUp() ? StopReason.BUDGET_TIME : null;
    }

    /// Enters the memory.
    ///
    /// @param share tokens to take over from the trunk, once it has read them
    /// @param trunkStays whether the trunk must stay in memory
    void admit(int share, boolean trunkStays) {
        toShare = share;
        usesTrunk = trunkStays;
        connected = share == branch.strand().held().size();
        countCached();
    }

    /// Takes over what the trunk holds, if it holds enough by now.
    void connect(TrunkState trunk) {
        if (!connected && trunk.strand().held().size() >= toShare) {
            branch.strand().shareFrom(trunk.strand(), toShare);
            connected = true;
            countCached();
        }
    }

    private void countCached() {
        if (connected && !started) {
            cached = branch.strand().held().size();
            computed = 0;
        }
    }

    boolean connected() {
        return connected;
    }

    boolean usesTrunk() {
        return usesTrunk;
    }

    /// Leaves the memory, to enter it again later.
    void suspend() {
        connected = false;
        usesTrunk = false;
    }

    /// Enters in the books that the memory holds more of the tokens now.
    void hold(int count) {
        TokenList held = branch.strand().held();
        held.addAll(tokens, held.size(), held.size() + count);
        if (!started) {
            computed += count;
        }
    }

    /// Draws the next token and tells it.
    ///
    /// @return why the run stops, or null if it goes on
    @Nullable StopReason draw(MemorySegment logits, Lexicon lexicon) {
        if (!started) {
            started = true;
            listener.on(new BranchEvent.Started(cached, computed));
        }
        if (options.meter().reserve(1) < 1) {
            return StopReason.BUDGET_TOKENS;
        }
        Draw draw = sample(logits);
        int token = draw.token();
        generated++;
        logProbabilities += draw.logProbability();
        tokens.add(token);
        sampler.accept(token);
        boolean ends = lexicon.ends(token);
        telling.tell(ends ? List.of() : text.accept(lexicon.piece(token)), details(draw));
        if (ends) {
            return StopReason.END;
        }
        if (text.stopped()) {
            return StopReason.STOP_STRING;
        }
        return generated == limit ? StopReason.LENGTH : null;
    }

    /// Tells the end to the listener and then to the owner. The run must have left the engine's
    /// books before: whoever is told may act on it at once.
    void end(StopReason reason) {
        try {
            telling.tell(text.finish(), List.of());
        } catch (Throwable thrown) {
            fail(BranchLife.faultOf(thrown));
            return;
        }
        BranchResult result = result(reason);
        try {
            listener.on(new BranchEvent.Ended(result));
        } catch (Throwable thrown) {
            owner.failed(
                    BranchLife.faultOf(
                            thrown)); // it has been told the end and must not be told another
            return;
        }
        owner.ended(result);
    }

    /// Tells a failure, as [#end].
    void fail(Fault fault) {
        try {
            listener.on(new BranchEvent.Failed(fault.code(), fault.getMessage(), usage()));
        } catch (Throwable thrown) {
            fault.addSuppressed(thrown);
        }
        owner.failed(fault);
    }

    private Usage usage() {
        return new Usage(cached, computed, generated);
    }

    private Draw sample(MemorySegment logits) {
        try {
            return sampler.sample(logits);
        } catch (RuntimeException e) {
            options.meter().release(1);
            throw e;
        }
    }

    private List<TokenDetail> details(Draw draw) {
        return options.detail().logProbabilities() ? List.of(draw.detail()) : List.of();
    }

    private BranchResult result(StopReason reason) {
        List<Content> parts = new ArrayList<>();
        if (!text.reasoning().isEmpty()) {
            parts.add(new Content.Reasoning(text.reasoning()));
        }
        parts.add(new Content.Text(text.answer()));
        boolean scored = options.detail().logProbabilities() && generated > 0;
        return new BranchResult(
                new Message(Role.ASSISTANT, parts),
                reason,
                usage(),
                scored ? logProbabilities / generated : Double.NaN);
    }
}
