package dev.polymnia.eval.run;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.Judgement;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.aware.Judge;
import dev.polymnia.eval.aware.Opinion;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Judges what of a run is not judged yet, until that is done or somebody stops it. Used once.
final class JudgeSitting {
    private final Judge judge;
    private final JudgeFile file;
    private final Clock clock;
    private final Consumer<JudgeStanding> progress;
    private final long begin;
    private final Deque<Writing> open = new ArrayDeque<>();
    private final Workers workers = new Workers();
    private final int total;
    private int done;
    private int yes;
    private int none;
    private int now;

    private record Key(String id, int epoch, int agent) {}

    /// What one agent wrote: its reasoning and what it said.
    private record Writing(Key key, String text) {
        static Writing of(SampleResult result, AgentResult agent) {
            return new Writing(
                    new Key(result.id(), result.epoch(), agent.index()),
                    (agent.reasoning().strip() + "\n\n" + agent.text().strip()).strip());
        }
    }

    /// @param known what is judged already
    JudgeSitting(
            Judge judge,
            RunLog run,
            List<Judgement> known,
            JudgeFile file,
            Clock clock,
            Consumer<JudgeStanding> progress) {
        this.judge = judge;
        this.file = file;
        this.clock = clock;
        this.progress = progress;
        begin = clock.nanos();
        Set<Key> judged = new HashSet<>();
        for (Judgement each : known) {
            judged.add(new Key(each.id(), each.epoch(), each.agent()));
            count(each);
        }
        for (SampleResult result : run.results()) {
            for (AgentResult agent : result.agents()) {
                Writing writing = Writing.of(result, agent);
                if (judged.add(writing.key())) {
                    open.add(writing);
                }
            }
        }
        total = done + open.size();
    }

    /// Judges until all is done.
    ///
    /// @param concurrency writings at once
    /// @return how far it came
    /// @throws Fault what made going on impossible
    JudgeStanding run(int concurrency, Cancellation cancellation) {
        workers.run(Math.min(concurrency, open.size()), this::step, cancellation);
        return standing();
    }

    private boolean step() {
        Writing writing = poll();
        if (writing == null) {
            return false;
        }
        try {
            keep(writing.key(), judge.judge(writing.text(), workers.cancellation()));
        } catch (Fault fault) {
            if (fault.code() != Fault.Code.CANCELLED || !workers.isStopping()) {
                throw fault;
            }
        }
        return true;
    }

    private synchronized @Nullable Writing poll() {
        return workers.isStopping() ? null : open.poll();
    }

    private synchronized void keep(Key key, Opinion opinion) {
        Judgement judgement =
                new Judgement(
                        key.id(),
                        key.epoch(),
                        key.agent(),
                        opinion.verdict(),
                        opinion.words(),
                        opinion.windows(),
                        opinion.usage());
        file.add(judgement);
        count(judgement);
        now++;
        progress.accept(standing());
    }

    private void count(Judgement judgement) {
        done++;
        switch (judgement.verdict()) {
            case YES -> yes++;
            case NONE -> none++;
            case NO -> {}
        }
    }

    private synchronized JudgeStanding standing() {
        return new JudgeStanding(
                done, total, yes, none, now, Duration.ofNanos(clock.nanos() - begin));
    }
}
