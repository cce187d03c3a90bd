package dev.polymnia.app;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Meter;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.run.Account;
import dev.polymnia.core.run.Budget;
import dev.polymnia.llama.LlamaModel;
import dev.polymnia.llama.LlamaReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Measures for some seconds how fast a model is on this machine: one agent alone, then several
/// together. The budget's own time limit ends each part. What counts is the time from the first
/// words to the last, without the reading before and the step that the end cuts off: so a part has
/// not to be long to be exact.
final class SpeedTest {
    private static final Duration PART = Duration.ofMillis(2_500);

    /// Two models that differ by little are told apart by this.
    private static final Duration LONG_PART = PART.multipliedBy(2);

    private static final Prompt PROMPT =
            Prompt.of(Message.user("Write a long story about a fox that lives in a wood."));

    private final LlamaModel model;

    SpeedTest(LlamaModel model) {
        this.model = model;
    }

    List<Finding> run(Cancellation cancellation) {
        LlamaReport report = model.report();
        List<Finding> findings = new ArrayList<>();
        findings.add(
                Finding.good(
                        "engine",
                        "%s, %d threads, %s"
                                .formatted(report.device(), report.threads(), report.backends())));
        findings.add(
                Finding.good(
                        "memory of " + model.info().name(),
                        "%s of weights, %s for %d tokens of context"
                                .formatted(
                                        ConsoleProgress.megabytes(report.weightBytes()),
                                        ConsoleProgress.megabytes(report.memoryBytes()),
                                        report.cells())));
        findings.add(
                Finding.good(
                        "reading",
                        rate(1e9 / report.readNanos()) + ", row quantum " + report.rowQuantum()));
        findings.add(Finding.good("one agent", rate(speak(1, PART, cancellation).speed())));
        findings.add(
                Finding.good("4 agents", rate(speak(4, PART, cancellation).speed()) + " together"));
        return findings;
    }

    /// Measures what is compared when a model is tuned.
    Speeds measure(Cancellation cancellation) {
        Part alone = speak(1, PART, cancellation);
        Part together = speak(Speeds.AGENTS, LONG_PART, cancellation);
        return new Speeds(
                1e9 / model.report().readNanos(),
                alone.speed(),
                together.speed(),
                together.isSteady());
    }

    /// Returns how many tokens a second agents say, all of them together.
    double speed(int agents, Cancellation cancellation) {
        return speak(agents, PART, cancellation).speed();
    }

    private Part speak(int agents, Duration part, Cancellation cancellation) {
        Words words = new Words();
        try (Trunk trunk = model.open(PROMPT)) {
            Account account = new Account(Budget.UNLIMITED.withTime(part), Clock.SYSTEM);
            Meter meter = account.meter();
            GenerationOptions options =
                    GenerationOptions.DEFAULT.withMeter(meter).withCancellation(cancellation);
            List<Branch> branches = new ArrayList<>();
            for (int i = 0; i < agents; i++) {
                branches.add(trunk.fork(new BranchRequest(PROMPT, options), words));
            }
            long tokens = 0;
            for (Branch branch : branches) {
                BranchResult result = branch.await();
                tokens += result.usage().generated();
            }
            cancellation.check();
            return new Part(agents, tokens, words.seconds(), account.elapsed().toNanos() / 1e9);
        }
    }

    /// What agents said in a part.
    ///
    /// @param tokens of all of them
    /// @param seconds from the first words to the last
    /// @param allSeconds from the beginning to the end
    private record Part(int agents, long tokens, double seconds, double allSeconds) {
        /// Returns whether there was more than the first words of each.
        boolean isSteady() {
            return tokens >= 2L * agents && seconds > 0;
        }

        /// Returns tokens a second. The first of each came with the first words, so it is not
        /// counted; if there were no others, all of the time has to do.
        double speed() {
            return isSteady() ? (tokens - agents) / seconds : tokens / allSeconds;
        }
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%.1f tokens/s", perSecond);
    }

    /// When the first words of all branches came and when the last. The calls come on the engine's
    /// thread, one after another; read when all branches have ended.
    private static final class Words implements BranchListener {
        private long first;
        private long last;
        private boolean any;

        @Override
        public synchronized void on(BranchEvent event) {
            if (event instanceof BranchEvent.Delta) {
                last = System.nanoTime();
                first = any ? first : last;
                any = true;
            }
        }

        private synchronized double seconds() {
            return (last - first) / 1e9;
        }
    }
}
