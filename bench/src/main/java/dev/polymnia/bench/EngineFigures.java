package dev.polymnia.bench;

import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.Detail;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.llama.EngineStatistics;
import dev.polymnia.llama.LlamaModel;
import dev.polymnia.llama.LlamaReport;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/// Measures what the engine's parts cost on this machine: reading a prompt of about a thousand
/// tokens, a fork of it, a step by rows, and the share of a step that is not llama.cpp's. Sampled
/// at temperature 0.7, top-p 0.95, with log-probabilities, as Contemplating does. Argument: the
/// model, empty for the default.
public final class EngineFigures {
    private static final int STEPS = 32;
    private static final List<Integer> ROWS = List.of(1, 4, 8, 16);

    private static final Prompt LONG =
            Prompt.of(
                    Message.system("You are a careful reader."),
                    Message.user(
                            "The fox went through the wood and met a hare, a badger and an owl. "
                                            .repeat(56)
                                    + "Tell this story in your own words, at great length."));

    private final LlamaModel model;
    private final PrintStream out = System.out;

    private EngineFigures(LlamaModel model) {
        this.model = model;
    }

    /// Runs the measurement.
    public static void main(String... arguments) throws InterruptedException, IOException {
        try (LlamaModel model = Loading.load(arguments.length > 0 ? arguments[0] : "")) {
            EngineFigures figures = new EngineFigures(model);
            figures.print(
                    "model "
                            + model.info().name()
                            + ", threads "
                            + model.report().threads()
                            + ", row quantum "
                            + model.report().rowQuantum());
            figures.print("load " + millis(model.report().loadNanos()));
            figures.measure();
            figures.tellMemory();
        }
    }

    /// What is in memory beyond weights and keys and values, once sixteen branches have spoken. The
    /// weights count once, as llama.cpp copies them into its own order or keeps them in the file.
    private void tellMemory() throws IOException {
        System.gc();
        LlamaReport report = model.report();
        long anonymous = ResidentMemory.anonymousBytes();
        print(
                String.format(
                        Locale.ROOT,
                        "memory: %.0f MB anonymous, weights %.0f MB, keys and values %.0f MB, rows"
                            + " of scores %.0f MB; beyond weights, keys and values at most %.0f MB,"
                            + " at least %.0f MB",
                        anonymous / 1e6,
                        report.weightBytes() / 1e6,
                        report.memoryBytes() / 1e6,
                        report.scoreBytes() / 1e6,
                        (anonymous - report.memoryBytes()) / 1e6,
                        (anonymous - report.memoryBytes() - report.weightBytes()) / 1e6));
    }

    private void measure() throws InterruptedException {
        try (Trunk trunk = model.open(LONG)) {
            long begin = System.nanoTime();
            speak(trunk, 1, 1);
            double seconds = (System.nanoTime() - begin) / 1e9;
            print(
                    "reading "
                            + trunk.tokens()
                            + " tokens: "
                            + Math.round(trunk.tokens() / seconds)
                            + " tokens/s");
            for (int rows : ROWS) {
                speak(trunk, rows, 4);
                EngineStatistics before = model.statistics();
                speak(trunk, rows, STEPS);
                print(rows, before, model.statistics());
            }
        }
    }

    /// Forks branches and lets each say a number of tokens.
    private void speak(Trunk trunk, int branches, int tokens) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(branches);
        BranchListener listener =
                event -> {
                    if (event instanceof BranchEvent.Ended || event instanceof BranchEvent.Failed) {
                        ended.countDown();
                    }
                };
        List<Branch> all = new ArrayList<>();
        for (int i = 0; i < branches; i++) {
            GenerationOptions options =
                    GenerationOptions.DEFAULT
                            .withSampling(new Sampling(0.7, 0, 0.95, 0, 1))
                            .withDetail(Detail.LOG_PROBABILITIES)
                            .withSeed(i)
                            .withMaxTokens(tokens);
            all.add(trunk.fork(new BranchRequest(LONG, options), listener));
        }
        ended.await();
        all.forEach(Branch::close);
    }

    private void print(int rows, EngineStatistics before, EngineStatistics after) {
        double steps = after.steps() - before.steps();
        double decode = (after.decodeNanos() - before.decodeNanos()) / steps / 1e6;
        double other = (after.otherNanos() - before.otherNanos()) / steps / 1e6;
        double forks = Math.max(1, after.forks() - before.forks());
        print(
                String.format(
                        Locale.ROOT,
                        "%2d rows: %.1f ms a step, of it %.2f ms (%.1f %%) outside llama_decode;"
                                + " %.1f tokens/s; fork %.3f ms",
                        rows,
                        decode + other,
                        other,
                        100 * other / (decode + other),
                        rows * 1000 / (decode + other),
                        (after.forkNanos() - before.forkNanos()) / forks / 1e6));
    }

    private static String millis(long nanos) {
        return Math.round(nanos / 1e6) + " ms";
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
