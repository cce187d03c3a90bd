package dev.polymnia.eval.run;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.stats.Interval;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Works on a run from its last finished sample until it is done or stopped: several workers take
/// the next sample that is not finished. Used once.
final class Sitting {
    private final Evaluation evaluation;
    private final Plan plan;
    private final RunFolder folder;
    private final RunLimits limits;
    private final Purse purse;
    private final Clock clock;
    private final Progress progress;
    private final long begin;
    private final Deque<Question> open = new ArrayDeque<>();
    private final List<Double> values = new ArrayList<>();
    private final Workers workers = new Workers();
    private final int total;
    private int failed;
    private int now;
    private long tokens;
    private long money;

    private record Question(Sample sample, int epoch) {}

    private record Key(String id, int epoch) {}

    /// @param mostTokens that one sample may generate
    Sitting(
            Evaluation evaluation,
            Plan plan,
            RunFolder folder,
            RunLimits limits,
            long mostTokens,
            Clock clock,
            Progress progress) {
        this.evaluation = evaluation;
        this.plan = plan;
        this.folder = folder;
        this.limits = limits;
        this.clock = clock;
        this.progress = progress;
        purse = new Purse(limits.budget().tokens(), mostTokens);
        begin = clock.nanos();
        total = plan.task().samples().size() * plan.epochs();
        Set<Key> finished = new HashSet<>();
        for (SampleResult result : folder.log().results()) {
            if (finished.add(new Key(result.id(), result.epoch()))) {
                count(result);
            }
        }
        for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
            for (Sample sample : plan.task().samples()) {
                if (!finished.contains(new Key(sample.id(), epoch))) {
                    open.add(new Question(sample, epoch));
                }
            }
        }
    }

    /// Works until all is done.
    ///
    /// @return why it was stopped before, in words
    /// @throws Fault what made going on impossible
    Optional<String> run(Cancellation cancellation) {
        int count = Math.min(limits.concurrency(), open.size());
        Optional<String> stopped = workers.run(count, this::step, cancellation);
        return isWhole() ? Optional.empty() : stopped;
    }

    private synchronized boolean isWhole() {
        return values.size() == total;
    }

    private boolean step() throws InterruptedException {
        Question question = next();
        if (question == null) {
            return false;
        }
        ask(question);
        return true;
    }

    /// Returns what is to be asked next, its tokens taken; null if this worker is done.
    private @Nullable Question next() throws InterruptedException {
        synchronized (this) {
            if (open.isEmpty() || workers.isStopping()) {
                return null;
            }
            if (clock.nanos() - begin >= limits.budget().time().toNanos()) {
                workers.stopGently("The time of this sitting is over.");
                return null;
            }
            if (money >= limits.budget().money()) {
                workers.stopGently("The money of this sitting is spent.");
                return null;
            }
        }
        if (!purse.take()) {
            workers.stopGently(
                    "%d of this sitting's tokens are left, fewer than a sample may need."
                            .formatted(purse.left()));
            return null;
        }
        Question question = poll();
        if (question == null) {
            purse.settle(0);
        }
        return question;
    }

    private synchronized @Nullable Question poll() {
        return workers.isStopping() ? null : open.poll();
    }

    private void ask(Question question) {
        long spent = 0;
        try {
            Evaluation.Asked asked =
                    evaluation.ask(
                            plan, question.sample(), question.epoch(), workers.cancellation());
            spent = asked.result().usage().generated();
            keep(asked);
        } catch (Fault fault) {
            if (fault.code() != Fault.Code.CANCELLED || !workers.isStopping()) {
                throw fault;
            }
        } finally {
            purse.settle(spent);
        }
    }

    private synchronized void keep(Evaluation.Asked asked) {
        folder.add(asked.result());
        count(asked.result());
        now++;
        tokens += asked.result().usage().generated();
        money += asked.money();
        progress.on(asked.result(), standing());
    }

    private void count(SampleResult result) {
        values.add(result.value());
        failed += result.failure().isPresent() ? 1 : 0;
    }

    private Standing standing() {
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        return new Standing(
                values.size(),
                total,
                failed,
                mean,
                Interval.wilson(mean * values.size(), values.size()),
                now,
                Duration.ofNanos(clock.nanos() - begin),
                tokens);
    }
}
