package dev.polymnia.llama;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchLife;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.core.model.ToolChoice;
import dev.polymnia.core.model.Usage;
import dev.polymnia.llama.grammar.Grammar;
import dev.polymnia.llama.text.BranchText;
import dev.polymnia.llama.text.Draw;
import dev.polymnia.llama.text.Sampler;
import dev.polymnia.models.toolcall.ToolCallFormat;
import dev.polymnia.models.toolcall.ToolCallReader;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a branch says: how its tokens are drawn and what its listener is told. One for each start
/// or continuation of a branch.
final class Speech implements Purpose {
    private static final int PENALTY_WINDOW = 64;
    private static final byte[] NOTHING = {};

    private final RunOwner owner;
    private final GenerationOptions options;
    private final BranchListener listener;
    private final Lexicon lexicon;
    private final int limit;
    private final Turn turn;
    private final Answer answer;
    private final Sampler sampler;
    private int cached;
    private int computed;
    private int generated;
    private double logProbabilities;

    /// @param encoded the request's prompt
    /// @throws Fault `INVALID` if the constraint cannot be read or rules the beginning out
    Speech(
            RunOwner owner,
            BranchRequest request,
            PromptEncoder.Encoded encoded,
            BranchListener listener,
            Speaking speaking) {
        this.owner = owner;
        this.options = request.options();
        this.listener = listener;
        lexicon = speaking.lexicon();
        TokenList prompt = encoded.tokens();
        limit = Math.min(options.maxTokens(), speaking.contextTokens() - prompt.size());
        turn =
                new Turn(
                        new BranchText(speaking.reasoning(), encoded.begun(), options.stops()),
                        reader(request, speaking),
                        listener);
        Optional<Grammar> grammar = speaking.grammars().of(request);
        grammar.ifPresent(each -> speaking.grammars().check(each, turn.answer()));
        answer = new Answer(speaking.grammars(), grammar, turn);
        sampler =
                new Sampler(
                        options.sampling(),
                        options.seed(),
                        options.detail(),
                        options.logitBias(),
                        speaking.row());
        for (int i = Math.max(0, prompt.size() - PENALTY_WINDOW); i < prompt.size(); i++) {
            sampler.accept(prompt.get(i));
        }
    }

    private static Optional<ToolCallReader> reader(BranchRequest request, Speaking speaking) {
        List<ToolSpec> tools = request.prompt().tools();
        if (tools.isEmpty() || request.options().toolChoice() instanceof ToolChoice.None) {
            return Optional.empty();
        }
        ToolCallFormat format = speaking.calls();
        return Optional.of(new ToolCallReader(format, tools, format::id));
    }

    @Override
    public int left() {
        return limit - generated;
    }

    @Override
    public boolean draws() {
        return true;
    }

    @Override
    public @Nullable StopReason stopBeforeStep() {
        return owner.cancelled() ? StopReason.CANCELLED : Stops.of(options);
    }

    @Override
    public void spent(int held, int read) {
        cached = held;
        computed = read;
    }

    @Override
    public void started() {
        listener.on(new BranchEvent.Started(cached, computed));
    }

    @Override
    public @Nullable StopReason draw(MemorySegment logits, TokenList tokens) {
        if (options.meter().reserve(1) < 1) {
            return StopReason.BUDGET_TOKENS;
        }
        Draw draw = sample(logits);
        int token = draw.token();
        generated++;
        logProbabilities += draw.logProbability();
        tokens.add(token);
        sampler.accept(token);
        answer.accept(token);
        boolean ends = lexicon.ends(token);
        TokenDetail detail = detail(draw);
        turn.accept(
                ends ? NOTHING : lexicon.piece(token),
                options.detail().logProbabilities() ? List.of(detail) : List.of());
        if (ends || answer.isWhole()) {
            return StopReason.END;
        }
        if (turn.stopped()) {
            return StopReason.STOP_STRING;
        }
        if (options.stopHook().stopsAfter(detail)) {
            return StopReason.STOP_HOOK;
        }
        return generated == limit ? StopReason.LENGTH : null;
    }

    @Override
    public void end(StopReason reason) {
        try {
            turn.finish();
        } catch (Throwable thrown) {
            fail(BranchLife.faultOf(thrown));
            return;
        }
        BranchResult result =
                result(turn.hasCalls() && !reason.isCutOff() ? StopReason.TOOL_CALL : reason);
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

    @Override
    public void fail(Fault fault) {
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
            return sampler.sample(logits, answer.filter());
        } catch (RuntimeException e) {
            options.meter().release(1);
            throw e;
        }
    }

    private TokenDetail detail(Draw draw) {
        List<TokenDetail.Alternative> alternatives =
                draw.alternatives().stream()
                        .map(each ->
                                new TokenDetail.Alternative(
                                        each.token(), words(each.token()), each.logProbability()))
                        .toList();
        return new TokenDetail(
                draw.token(),
                words(draw.token()),
                draw.logProbability(),
                draw.confidence(),
                alternatives);
    }

    private String words(int token) {
        return new String(lexicon.piece(token), StandardCharsets.UTF_8);
    }

    private BranchResult result(StopReason reason) {
        boolean scored = options.detail().logProbabilities() && generated > 0;
        return new BranchResult(
                turn.message(),
                reason,
                usage(),
                scored ? logProbabilities / generated : Double.NaN);
    }
}
