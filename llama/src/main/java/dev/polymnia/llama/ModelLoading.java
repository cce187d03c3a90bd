package dev.polymnia.llama;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.llama.library.NativeLibraries;
import dev.polymnia.llama.text.LogitRow;
import dev.polymnia.models.CacheFolder;
import dev.polymnia.models.ChatFormat;
import dev.polymnia.models.Gguf;
import dev.polymnia.models.LocalModel;
import dev.polymnia.models.TunedCopy;
import dev.polymnia.models.toolcall.ToolCallFormat;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// From a file to a running engine: what can be checked in Java first, then the weights, the
/// context, the measurement, the thread. Confined to the loading thread.
final class ModelLoading {
    private static final double READ_SECONDS = 1.5;
    private static final int FEWEST_READ_ROWS = 64;
    private static final double DEFAULT_STEP_FACTOR = 2;
    private static final int DEFAULT_QUEUE = 512;
    private static final long FEWEST_GATHER_NANOS = 2_000_000;
    private static final long MOST_GATHER_NANOS = 25_000_000;

    /// Waiting for those that come together takes so small a part of a step of one row.
    private static final double GATHER_SHARE = 0.25;

    private static final int IDLE_TOKENS = 2048;
    private static final String CPU = "cpu";

    private final NativeLibraries libraries;
    private final LocalModel model;
    private final ChatFormat format;
    private final ToolCallFormat calls;
    private final LlamaOptions options;
    private final NativeModel weights;
    private final Vocabulary vocabulary;
    private final ContextPlan plan;
    private final StepContext context;
    private final long loadNanos;

    private ModelLoading(
            NativeLibraries libraries,
            LocalModel model,
            LlamaOptions options,
            UnaryOperator<StepContext> wrap) {
        this.libraries = libraries;
        this.model = model;
        this.options = options;
        Gguf header = Gguf.read(model.path());
        format = ChatFormat.of(header, model.profile().reasoning());
        // Who has no way of its own is told one in words.
        calls = header.chatTemplate().flatMap(ToolCallFormat::of).orElse(ToolCallFormat.JSON);
        long begin = System.nanoTime();
        weights = NativeModel.load(NativeLoader.load(libraries), model.path());
        try {
            plan = ContextPlan.of(header, weights.trainedContext(), options);
            vocabulary =
                    new Vocabulary(
                            weights,
                            tags(model.profile().reasoning()),
                            Set.copyOf(calls.markers()));
            context = wrap.apply(NativeContext.create(weights, plan.shape(), vocabulary.size()));
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
        loadNanos = System.nanoTime() - begin;
    }

    /// Loads a model.
    ///
    /// @param wrap a look at the context, for tests
    static LlamaModel load(
            NativeLibraries libraries,
            LocalModel model,
            LlamaOptions options,
            UnaryOperator<StepContext> wrap) {
        ModelLoading loading = new ModelLoading(libraries, model, options, wrap);
        try {
            return loading.start();
        } catch (RuntimeException e) {
            loading.context.close();
            loading.weights.close();
            throw e;
        }
    }

    private LlamaModel start() {
        int most = plan.shape().rows();
        Rows rows = new Rows(most);
        Tuning tuning = tune(rows);
        StepCosts costs = tuning.costs();
        int readRows =
                Math.min(
                        most,
                        options.readRows() > 0
                                ? options.readRows()
                                : rowsIn(READ_SECONDS, costs, most));
        ReasoningSwitch reasoning = model.profile().reasoning();
        PromptEncoder encoder =
                new PromptEncoder(format::render, vocabulary, reasoning, contextTokens());
        LogitRow row = new LogitRow(vocabulary.size());
        Speaking speaking =
                new Speaking(
                        vocabulary,
                        row,
                        reasoning,
                        calls,
                        new Grammars(vocabulary, calls),
                        contextTokens());
        Scheduler.Limits limits =
                new Scheduler.Limits(
                        most,
                        speakingRows(costs.quantum()),
                        readRows,
                        options.mixedRows(),
                        options.stepFactor() > 0 ? options.stepFactor() : DEFAULT_STEP_FACTOR,
                        drafts());
        Engine.Setup setup =
                new Engine.Setup(
                        new Scheduler(costs, limits),
                        rows,
                        options.idleTokens() > 0
                                ? options.idleTokens()
                                : Math.min(IDLE_TOKENS, Engine.usableCells(context) / 4),
                        options.queue() > 0 ? options.queue() : DEFAULT_QUEUE,
                        gatherNanos(costs));
        Life life = new Life();
        // The weights hold the vocabulary, so they go only when nobody is tokenising.
        Engine engine = new Engine(context, setup, () -> life.end(weights::close));
        engine.start();
        return new LlamaModel(
                info(),
                report(tuning, limits),
                encoder::encode,
                vocabulary::tokenize,
                speaking,
                engine,
                life);
    }

    /// Reads what was measured before, or measures and keeps it.
    private Tuning tune(Rows rows) {
        int cores = Runtime.getRuntime().availableProcessors();
        TuningFile file =
                TuningFile.of(
                        CacheFolder.ofThisMachine(),
                        NativeLoader.VERSION,
                        libraries.device(),
                        NativeLog.backends(),
                        Processor.name() + " " + cores,
                        digest().isEmpty() ? model.path().toString() : digest(),
                        weights.bytes() + " " + plan.shape() + " " + options.threads());
        Optional<Tuning> known = options.remeasured() ? Optional.empty() : file.read();
        CostMeter meter = new CostMeter(context, rows, 0);
        if (known.isPresent()) {
            context.threads(known.get().single(), known.get().many());
            if (!known.get().isSurpassed(meter)) {
                return known.get();
            }
        }
        Tuning tuning = Tuning.measure(context, meter, cores, options.threads());
        file.write(tuning);
        return tuning;
    }

    private int drafts() {
        return options.drafts() == 0 ? NativeContext.SPARE_OUTPUTS : Math.max(0, options.drafts());
    }

    /// On the CPU a step with branches stays below the rows from which attention goes through all
    /// cells, those of other branches, too.
    private int speakingRows(int quantum) {
        int most = plan.shape().rows();
        return libraries.device().equals(CPU)
                ? Math.min(most, NativeContext.TILE_ROWS - quantum)
                : most;
    }

    private static Set<String> tags(ReasoningSwitch reasoning) {
        return switch (reasoning) {
            case ReasoningSwitch.Tagged tagged ->
                    Stream.of(tagged.open(), tagged.close())
                            .map(String::strip)
                            .collect(toUnmodifiableSet());
            case ReasoningSwitch.Instructed _ -> Set.of();
        };
    }

    /// Returns the digest of the weights that are loaded, which may be those of a tuned copy.
    private String digest() {
        return model.tuned().map(TunedCopy::sha256).orElse(model.sha256());
    }

    private int contextTokens() {
        return Math.min(plan.contextTokens(), Engine.usableCells(context));
    }

    private static int rowsIn(double seconds, StepCosts costs, int most) {
        return Math.max(FEWEST_READ_ROWS, costs.rowsWithin(seconds * 1e9, 1, most));
    }

    private static long gatherNanos(StepCosts costs) {
        return Math.clamp(
                (long) (GATHER_SHARE * costs.nanos(1)), FEWEST_GATHER_NANOS, MOST_GATHER_NANOS);
    }

    private ModelInfo info() {
        ModelProfile profile = model.profile();
        Set<Capability> capabilities =
                EnumSet.of(
                        Capability.FORKS,
                        Capability.EXACT_PROBES,
                        Capability.SCHEMA,
                        Capability.GRAMMAR,
                        Capability.LOGIT_BIAS,
                        Capability.LOG_PROBABILITIES,
                        Capability.ALTERNATIVES,
                        Capability.BEGINNING,
                        Capability.TOOLS);
        if (profile.reasoning() instanceof ReasoningSwitch.Tagged) {
            capabilities.add(Capability.REASONING);
        }
        return new ModelInfo(model.name(), digest(), contextTokens(), capabilities, profile);
    }

    private LlamaReport report(Tuning tuning, Scheduler.Limits limits) {
        NativeContext.Shape shape = plan.shape();
        StepCosts costs = tuning.costs();
        return new LlamaReport(
                libraries.device(),
                NativeLog.backends(),
                tuning.single(),
                tuning.many(),
                contextTokens(),
                Engine.usableCells(context),
                shape.sequences() - 1,
                weights.bytes(),
                plan.cellBytes() * context.cells(),
                (long) (shape.sequences() + NativeContext.SPARE_OUTPUTS)
                        * vocabulary.size()
                        * Float.BYTES,
                loadNanos,
                Arrays.stream(StepCosts.MEASURED).boxed().toList(),
                Arrays.stream(costs.measured()).boxed().toList(),
                costs.readNanos(),
                costs.quantum(),
                limits.readRows(),
                limits.factor());
    }
}
