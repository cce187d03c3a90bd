package dev.polymnia.llama;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.llama.library.NativeLibraries;
import dev.polymnia.models.LocalModel;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
    private final Run.Setting setting;
    private final Engine engine;
    private final Life life;

    /// @param encoder renders and tokenises, on any thread
    LlamaModel(
            ModelInfo info,
            LlamaReport report,
            Function<Prompt, PromptEncoder.Encoded> encoder,
            Run.Setting setting,
            Engine engine,
            Life life) {
        this.info = info;
        this.report = report;
        this.encoder = encoder;
        this.setting = setting;
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

    /// Returns what the engine has done up to its last step.
    public EngineStatistics statistics() {
        return engine.statistics();
    }

    /// {@inheritDoc}
    ///
    /// @throws IllegalStateException if the model is closed
    @Override
    public Trunk open(Prompt prompt) {
        TrunkState state = new TrunkState(encode(prompt).tokens(), engine.newStrand());
        if (!engine.submit(() -> engine.residents().trunks().add(state))) {
            throw closed();
        }
        return new LlamaTrunk(this, state);
    }

    /// {@inheritDoc}
    ///
    /// The branch stands alone: it has no trunk, and so needs one sequence only.
    ///
    /// @throws IllegalStateException if the model is closed
    @Override
    public BranchResult generate(BranchRequest request, BranchListener listener) {
        requireNonNull(listener, "listener is null");
        PromptEncoder.Encoded encoded = encode(request.prompt());
        LlamaBranch branch = newBranch(null, closed -> {});
        branch.start(request, encoded, listener);
        try (Branch running = branch) {
            return running.await();
        }
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

    PromptEncoder.Encoded encode(Prompt prompt) {
        return life.whileAlive(() -> encoder.apply(prompt));
    }

    LlamaBranch newBranch(@Nullable TrunkState trunk, Consumer<LlamaBranch> whenClosed) {
        return new LlamaBranch(this, new BranchState(trunk, engine.newStrand()), whenClosed);
    }

    Run newRun(
            BranchState state,
            RunOwner owner,
            BranchRequest request,
            PromptEncoder.Encoded encoded,
            BranchListener listener) {
        return new Run(state, owner, request, encoded, listener, setting);
    }

    /// Ends a branch and gives back what it holds. On the engine thread.
    void forget(BranchState state) {
        Run run = state.run();
        if (run != null) {
            engine.end(run, StopReason.CANCELLED);
        }
        engine.residents().forget(state);
    }
}
