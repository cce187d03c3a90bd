package dev.polymnia.llama;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.Demands;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.Probe;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.llama.library.NativeLibraries;
import dev.polymnia.models.LocalModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A language model that runs in this process, on llama.cpp. Branches of all trunks go through one
/// thread, which computes one row of each in every step; a fork shares its trunk's memory.
///
/// Thread-safe. Events come on the engine's thread. What is longer than the memory has room for
/// waits; a trunk or a stopped branch that is in the way is dropped from memory and read again when
/// it is needed, so an open one never blocks others.
///
/// Words of a conversation are never read as the tokens that steer the model, even if they look
/// like them (`<|im_end|>`).
///
/// After [#close], opening, forking and continuing throw `IllegalStateException`, branches that ran
/// end as cancelled, and all else goes on to work.
public final class LlamaModel implements BranchingModel {
    private final ModelInfo info;
    private final LlamaReport report;
    private final Function<Prompt, PromptEncoder.Encoded> encoder;
    private final Function<String, TokenList> words;
    private final Speaking speaking;
    private final Engine engine;
    private final Life life;

    /// @param encoder renders and tokenises prompts, on any thread
    /// @param words tokenises words, on any thread
    LlamaModel(
            ModelInfo info,
            LlamaReport report,
            Function<Prompt, PromptEncoder.Encoded> encoder,
            Function<String, TokenList> words,
            Speaking speaking,
            Engine engine,
            Life life) {
        this.info = info;
        this.report = report;
        this.encoder = encoder;
        this.words = words;
        this.speaking = speaking;
        this.engine = engine;
        this.life = life;
    }

    /// Loads a model, measures its steps, and starts its engine; blocks until it can be used.
    ///
    /// @param libraries llama.cpp; a process uses the first ones it loads for all its models
    /// @param model whose file is checked before native code sees it
    /// @param options sizes and threads
    /// @return the model; the caller closes it
    /// @throws Fault `NOT_FOUND` or `CORRUPT` for a file that is not there or is damaged;
    ///   `UNSUPPORTED` for an architecture, chat template, platform or library that cannot be used,
    ///   and for models whose memory cannot be forked (recurrent, hybrid, sliding-window);
    ///   `UNAVAILABLE` if a library cannot be loaded or memory is short
    public static LlamaModel load(
            NativeLibraries libraries, LocalModel model, LlamaOptions options) {
        return ModelLoading.load(libraries, model, options, context -> context);
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    /// Returns what the model runs on and what its steps cost.
    public LlamaReport report() {
        return report;
    }

    /// Returns the tokens that end an answer, by their numbers; for a [bias][
    /// dev.polymnia.core.model.GenerationOptions#logitBias] that keeps answers from ending.
    public List<Integer> endTokens() {
        Lexicon all = speaking.lexicon();
        return life.whileAlive(
                () -> IntStream.range(0, all.size()).filter(all::ends).boxed().toList());
    }

    /// Returns what the engine has done up to its last step.
    public EngineStatistics statistics() {
        return engine.statistics();
    }

    /// {@inheritDoc}
    ///
    /// @throws IllegalStateException if the model is closed
    @Override
    public Trunk open(Prompt prompt) {
        Demands.check(prompt, info);
        LlamaTrunk trunk = new LlamaTrunk(this, encode(prompt).tokens());
        trunk.begin();
        return trunk;
    }

    /// {@inheritDoc}
    ///
    /// The branch stands alone: it has no trunk, and so needs one sequence only.
    ///
    /// @throws IllegalStateException if the model is closed
    @Override
    public BranchResult generate(BranchRequest request, BranchListener listener) {
        requireNonNull(listener, "listener is null");
        PromptEncoder.Encoded encoded = encode(request);
        LlamaBranch branch = new LlamaBranch(this, new Run.Group(), closed -> {});
        submit(List.of(branch), List.of(branch.begin(request, encoded, listener)));
        try (Branch running = branch) {
            return running.await();
        }
    }

    /// {@inheritDoc}
    ///
    /// @throws IllegalStateException if the model is closed
    @Override
    public List<Probe.Result> probe(List<Probe> probes) {
        Run.Group group = new Run.Group();
        List<ProbeReading> readings = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        for (Probe probe : probes) {
            Demands.check(probe.prompt(), info);
            List<int[]> words = probe.words().stream().map(this::beginnings).toList();
            ProbeReading reading = new ProbeReading(probe, words, speaking.row());
            readings.add(reading);
            runs.add(
                    new Run(
                            encode(probe.prompt()).tokens(),
                            reading,
                            group,
                            probe.options().priority()));
        }
        if (!engine.submit(runs)) {
            throw closed();
        }
        return readings.stream().map(ProbeReading::await).toList();
    }

    /// Returns the first tokens of a word, with a space before it and without.
    private int[] beginnings(String word) {
        return Stream.of(word, " " + word)
                .map(words)
                .mapToInt(tokens -> tokens.get(0))
                .distinct()
                .toArray();
    }

    @Override
    public void close() {
        engine.close();
    }

    static IllegalStateException closed() {
        return new IllegalStateException("the model is closed");
    }

    Engine engine() {
        return engine;
    }

    Lexicon lexicon() {
        return speaking.lexicon();
    }

    /// Drops from memory what no run needs; for tests that want a prompt to be read anew.
    void forgetIdle() {
        engine.submit(engine::forgetIdle);
    }

    PromptEncoder.Encoded encode(BranchRequest request) {
        Demands.check(request, info);
        Prompt prompt = request.prompt();
        PromptEncoder.Encoded encoded = encode(prompt);
        if (speaking.grammars().of(request).isPresent()
                && prompt.reasoning()
                && encoded.begun().isEmpty()
                && speaking.reasoning() instanceof ReasoningSwitch.Tagged tagged) {
            // The grammar begins with the answer, so the thoughts are begun here.
            return encode(prompt.withBeginning(tagged.open()));
        }
        return encoded;
    }

    PromptEncoder.Encoded encode(Prompt prompt) {
        return life.whileAlive(() -> encoder.apply(prompt));
    }

    /// Hands over the runs of branches that have begun, all or none.
    ///
    /// @throws IllegalStateException if the model is closed
    /// @throws Fault `OVERLOADED` if too many wait
    void submit(List<LlamaBranch> branches, List<Run> runs) {
        boolean taken = false;
        try {
            taken = engine.submit(runs);
        } finally {
            if (!taken) {
                branches.forEach(LlamaBranch::withdraw);
            }
        }
        if (!taken) {
            throw closed();
        }
    }

    Speech speech(
            RunOwner owner,
            BranchRequest request,
            PromptEncoder.Encoded encoded,
            BranchListener listener) {
        return new Speech(owner, request, encoded, listener, speaking);
    }
}
