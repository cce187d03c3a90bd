package dev.polymnia.llama;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.llama.library.NativeLibraries;
import dev.polymnia.llama.text.LogitRow;
import dev.polymnia.models.ChatFormat;
import dev.polymnia.models.Gguf;
import dev.polymnia.models.LocalModel;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// From a file to a running engine: what can be checked in Java first, then the weights, the
/// context, the measurement, the thread. Confined to the loading thread.
final class ModelLoading {
    private static final double READ_SECONDS = 1.5;
    private static final double MIXED_SECONDS = 0.25;
    private static final int FEWEST_READ_ROWS = 64;
    private static final int FEWEST_MIXED_ROWS = 8;
    private static final int MOST_MIXED_ROWS = 128;

    private final NativeLibraries libraries;
    private final LocalModel model;
    private final ChatFormat format;
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
        long begin = System.nanoTime();
        weights = NativeModel.load(NativeLoader.load(libraries), model.path());
        try {
            plan = ContextPlan.of(header, weights.trainedContext(), options);
            vocabulary = new Vocabulary(weights, tags(model.profile().reasoning()));
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
        StepCosts costs = new CostMeter(context, rows, 0).measure();
        int readRows =
                options.readRows() > 0
                        ? options.readRows()
                        : rowsIn(READ_SECONDS, costs, FEWEST_READ_ROWS, most);
        int mixedRows =
                options.mixedRows() > 0
                        ? options.mixedRows()
                        : rowsIn(MIXED_SECONDS, costs, FEWEST_MIXED_ROWS, MOST_MIXED_ROWS);
        ReasoningSwitch reasoning = model.profile().reasoning();
        PromptEncoder encoder =
                new PromptEncoder(format::render, vocabulary, reasoning, contextTokens());
        LogitRow row = new LogitRow(vocabulary.size());
        Run.Setting setting = new Run.Setting(vocabulary, row, reasoning, contextTokens());
        LlamaReport report = report(costs, Math.min(readRows, most), Math.min(mixedRows, most));
        Life life = new Life();
        // The weights hold the vocabulary, so they go only when nobody is tokenising.
        Engine engine =
                new Engine(
                        context,
                        vocabulary,
                        new Scheduler(costs, most, report.readRows(), report.mixedRows()),
                        rows,
                        () -> life.end(weights::close));
        engine.start();
        return new LlamaModel(info(), report, encoder::encode, setting, engine, life);
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

    private int contextTokens() {
        return Math.min(plan.contextTokens(), Engine.usableCells(context));
    }

    private static int rowsIn(double seconds, StepCosts costs, int least, int most) {
        double rows = seconds * 1e9 / Math.max(1, costs.readNanos());
        return (int) Math.max(least, Math.min(rows, most));
    }

    private ModelInfo info() {
        ModelProfile profile = model.profile();
        Set<Capability> capabilities =
                EnumSet.of(
                        Capability.FORKS,
                        Capability.LOG_PROBABILITIES,
                        Capability.ALTERNATIVES,
                        Capability.BEGINNING);
        if (profile.reasoning() instanceof ReasoningSwitch.Tagged) {
            capabilities.add(Capability.REASONING);
        }
        return new ModelInfo(model.name(), model.sha256(), contextTokens(), capabilities, profile);
    }

    private LlamaReport report(StepCosts costs, int readRows, int mixedRows) {
        NativeContext.Shape shape = plan.shape();
        return new LlamaReport(
                libraries.device(),
                NativeLog.backends(),
                shape.threads(),
                contextTokens(),
                Engine.usableCells(context),
                shape.sequences() - 1,
                weights.bytes(),
                plan.cellBytes() * context.cells(),
                (long) shape.sequences() * vocabulary.size() * Float.BYTES,
                loadNanos,
                Arrays.stream(costs.nanos()).boxed().toList(),
                costs.readNanos(),
                costs.quantum(),
                readRows,
                mixedRows);
    }
}
