package dev.polymnia.llama;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.ModelProfile.ModeSettings;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.llama.text.LogitRow;
import dev.polymnia.models.toolcall.ToolCallFormat;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The whole engine over a [FakeContext]. A token is a word; those that the model says are ` w1` to
/// ` w63`.
final class FakeModel {
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern OWN = Pattern.compile("w([1-9]|[1-5][0-9]|6[0-3])");
    private static final ReasoningSwitch REASONING = new ReasoningSwitch.Instructed("Answer:");

    /// A block of four rows costs no more than three.
    static final StepCosts COSTS =
            new StepCosts(new long[] {10, 14, 20, 16, 26, 30, 34, 28, 36, 44, 60, 76, 140, 268});

    private FakeModel() {}

    /// Starts an engine; the model that is returned owns the context.
    static LlamaModel over(FakeContext context, int readRows, int mixedRows) {
        return over(context, readRows, mixedRows, 0, Integer.MAX_VALUE);
    }

    /// Starts an engine that guesses; the model that is returned owns the context.
    ///
    /// @param drafts the most guesses in a step
    /// @param queue the most branches that wait
    static LlamaModel over(
            FakeContext context, int readRows, int mixedRows, int drafts, int queue) {
        int rows = 64 + context.sequences();
        int contextTokens = Engine.usableCells(context);
        Scheduler.Limits limits = new Scheduler.Limits(rows, rows, readRows, mixedRows, 2, drafts);
        Engine.Setup setup =
                new Engine.Setup(
                        new Scheduler(COSTS, limits), new Rows(rows), contextTokens / 2, queue, 0);
        Engine engine = new Engine(context, setup, () -> {});
        engine.start();
        Speaking speaking =
                new Speaking(
                        new FakeLexicon(),
                        new LogitRow(FakeContext.VOCABULARY),
                        REASONING,
                        ToolCallFormat.HERMES,
                        new Grammars(new FakeLexicon(), ToolCallFormat.HERMES),
                        contextTokens);
        return new LlamaModel(
                info(contextTokens),
                new LlamaReport(
                        "fake",
                        "",
                        1,
                        1,
                        contextTokens,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        List.of(),
                        List.of(),
                        0,
                        4,
                        0,
                        2),
                prompt -> encode(prompt, contextTokens),
                FakeModel::words,
                speaking,
                engine,
                new Life());
    }

    /// Returns the words that a model says at temperature 0.
    static String greedy(Prompt prompt, int words) {
        TokenList encoded = encode(prompt, Integer.MAX_VALUE).tokens();
        List<Integer> tokens = new ArrayList<>();
        for (int i = 0; i < encoded.size(); i++) {
            tokens.add(encoded.get(i));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            float[] scores = FakeContext.scoresAfter(tokens);
            int best = 0;
            for (int token = 1; token < scores.length; token++) {
                best = scores[token] > scores[best] ? token : best;
            }
            tokens.add(best);
            text.append(" w").append(best);
        }
        return text.toString();
    }

    private static PromptEncoder.Encoded encode(Prompt prompt, int contextTokens) {
        TokenList tokens = new TokenList();
        for (Message message : prompt.messages()) {
            add(message.role() + " " + message.text(), tokens);
        }
        add("ASSISTANT " + prompt.beginning(), tokens);
        if (tokens.size() >= contextTokens) {
            throw new Fault(Fault.Code.CONTEXT_FULL, tokens.size() + " tokens are too many.");
        }
        return new PromptEncoder.Encoded(tokens, prompt.beginning());
    }

    /// Returns the token of a word.
    static int token(String word) {
        return words(word).get(0);
    }

    private static TokenList words(String text) {
        TokenList tokens = new TokenList();
        add(text, tokens);
        return tokens;
    }

    private static void add(String text, TokenList tokens) {
        for (String word : SPACE.split(text.strip(), -1)) {
            tokens.add(
                    OWN.matcher(word).matches()
                            ? Integer.parseInt(word.substring(1))
                            : 1 + Math.floorMod(word.hashCode(), FakeContext.VOCABULARY - 1));
        }
    }

    private static ModelInfo info(int contextTokens) {
        Map<Mode, ModeSettings> modes = new EnumMap<>(Mode.class);
        for (Mode mode : Mode.values()) {
            modes.put(mode, new ModeSettings("", Sampling.GREEDY, 64));
        }
        return new ModelInfo(
                "fake",
                "",
                contextTokens,
                Set.of(
                        Capability.FORKS,
                        Capability.EXACT_PROBES,
                        Capability.LOGIT_BIAS,
                        Capability.LOG_PROBABILITIES,
                        Capability.ALTERNATIVES,
                        Capability.BEGINNING),
                new ModelProfile(REASONING, modes));
    }

    private static final class FakeLexicon implements Lexicon {
        @Override
        public int size() {
            return FakeContext.VOCABULARY;
        }

        @Override
        public byte[] piece(int token) {
            return (" w" + token).getBytes(UTF_8);
        }

        @Override
        public boolean ends(int token) {
            return token == FakeContext.END;
        }
    }
}
