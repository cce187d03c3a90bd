package dev.polymnia.llama;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchLife;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.text.Telling;
import dev.polymnia.llama.text.BranchText;
import dev.polymnia.llama.text.Draw;
import dev.polymnia.llama.text.Sampler;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a branch says: how its tokens are drawn and what its listener is told. One for each start
/// or continuation of a branch.
final class Speech implements Purpose {
    private static final int PENALTY_WINDOW = 64;

    private final RunOwner owner;
    private final GenerationOptions options;
    private final BranchListener listener;
    private final Telling telling;
    private final Lexicon lexicon;
    private final int limit;
    private final BranchText text;
    private final Sampler sampler;
    private int cached;
    private int computed;
    private int generated;
    private double logProbabilities;

    /// @param encoded the request's prompt
    Speech(
            RunOwner owner,
            GenerationOptions options,
            PromptEncoder.Encoded encoded,
            BranchListener listener,
            Speaking speaking) {
        this.owner = owner;
        this.options = options;
        this.listener = listener;
        telling = new Telling(listener);
        lexicon = speaking.lexicon();
        TokenList prompt = encoded.tokens();
        limit = Math.min(options.maxTokens(), speaking.contextTokens() - prompt.size());
        text = new BranchText(speaking.reasoning(), encoded.begun(), options.stops());
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
        boolean ends = lexicon.ends(token);
        TokenDetail detail = detail(draw);
        telling.tell(
                ends ? List.of() : text.accept(lexicon.piece(token)),
                options.detail().logProbabilities() ? List.of(detail) : List.of());
        if (ends) {
            return StopReason.END;
        }
        if (text.stopped()) {
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
            return sampler.sample(logits);
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
                draw.token(), draw.logProbability(), draw.confidence(), alternatives);
    }

    private String words(int token) {
        return new String(lexicon.piece(token), StandardCharsets.UTF_8);
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
