package dev.polymnia.bench.peers;

import dev.polymnia.core.model.Prompt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A long prompt arrives while eight branches speak. A step is the median gap between two tokens of
/// a branch before that; what counts is the longest gap while the prompt is read.
record ArrivalScenario() implements Scenario {
    private static final int BRANCHES = 8;
    private static final int TRUNK = 200;
    private static final int ARRIVING = 2000;
    private static final int BEFORE = 24;
    private static final int SETTLED = 8;
    private static final int MOST_TOKENS = 400;
    private static final int ANSWER = 16;

    private static final Metric WORST =
            Metric.less("longest gap, steps", new Metric.Target.Ours(2));
    private static final Metric USUAL =
            Metric.less("median gap while it is read, steps", new Metric.Target.None());
    private static final Metric STEP = Metric.less("a step before, ms", new Metric.Target.None());
    private static final Metric FIRST =
            Metric.less("its first token after, s", new Metric.Target.None());

    @Override
    public String name() {
        return "f";
    }

    @Override
    public String title() {
        return "a prompt of 2,000 tokens arrives while 8 branches speak";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(WORST, USUAL, STEP, FIRST);
    }

    @Override
    public List<ServerFlags> flags() {
        int slots = BRANCHES + 1;
        int context = slots * 2560;
        return List.of(
                new ServerFlags(slots, context, "--kv-unified"),
                new ServerFlags(slots, context, "--no-kv-unified"),
                new ServerFlags(slots, context, "--kv-unified", "-b", "64", "-ub", "64"));
    }

    @Override
    public Task prepare(Texts texts) {
        Prompt trunk = texts.story(TRUNK);
        List<Ask> asks =
                IntStream.range(0, BRANCHES)
                        .mapToObj(i ->
                                new Ask(trunk.withHint(Texts.view(i)), MOST_TOKENS, i + 1, true))
                        .toList();
        Ask arriving = new Ask(texts.story(ARRIVING), ANSWER, 1);
        return peer -> {
            try (Peer.Beginning beginning = peer.open(trunk)) {
                return measure(peer, beginning.fork(asks), arriving);
            }
        };
    }

    private static Measure measure(Peer peer, List<Talk> branches, Ask arriving)
            throws InterruptedException {
        for (Talk branch : branches) {
            branch.awaitWords(BEFORE);
        }
        Talk late = peer.start(arriving);
        late.awaitWords(1);
        long firstWord = System.nanoTime();
        Reply reply = late.await(); // by now the gap that was open then has ended
        List<List<Long>> spoken = branches.stream().map(Talk::times).toList();
        branches.forEach(branch -> branch.cancellation().request());
        List<Reply> replies = Replies.await(branches);
        List<Double> before = new ArrayList<>();
        List<Double> during = new ArrayList<>();
        for (List<Long> times : spoken) {
            addGaps(times, reply.begun(), firstWord, before, during);
        }
        long silent = replies.stream().filter(each -> each.ended() < firstWord).count();
        double step = Medians.of(before);
        Map<Metric, Double> values = new LinkedHashMap<>();
        values.put(WORST, during.stream().mapToDouble(gap -> gap).max().orElse(Double.NaN) / step);
        values.put(USUAL, Medians.of(during) / step);
        values.put(STEP, step);
        values.put(FIRST, (firstWord - reply.begun()) / 1e9);
        return Measure.of(
                List.of(reply),
                values,
                silent + " of " + BRANCHES + " branches had ended before its first token");
    }

    /// Adds a branch's gaps in milliseconds. The one that is open at the arrival belongs to what
    /// follows; the first ones, when other branches were still reading, to nothing.
    private static void addGaps(
            List<Long> times,
            long arrival,
            long firstWord,
            List<Double> before,
            List<Double> during) {
        for (int i = 1; i < times.size(); i++) {
            double gap = (times.get(i) - times.get(i - 1)) / 1e6;
            boolean ended = times.get(i) <= arrival;
            if (ended && i >= SETTLED) {
                before.add(gap);
            }
            if (!ended && times.get(i - 1) < firstWord) {
                during.add(gap);
            }
        }
    }
}
