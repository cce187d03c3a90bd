package dev.polymnia.bench.peers;

import dev.polymnia.core.model.Prompt;
import java.util.List;
import java.util.stream.IntStream;

/// Eight agents on one trunk of a thousand tokens.
///
/// @param different whether each has a hint of its own, or all the same one and only other seeds
/// @param warm whether the trunk has been read before
record BranchesScenario(
        String name,
        String title,
        boolean different,
        boolean warm,
        List<Metric> metrics,
        List<ServerFlags> flags)
        implements Scenario {
    private static final int BRANCHES = 8;
    private static final int TRUNK = 1000;
    private static final int TOKENS = 128;
    private static final ServerFlags SPLIT = new ServerFlags(8, 16_384, "--no-kv-unified");
    private static final ServerFlags UNIFIED = new ServerFlags(8, 16_384, "--kv-unified");

    static final BranchesScenario COLD =
            new BranchesScenario(
                    "a",
                    "8 branches, cold trunk, different hints",
                    true,
                    false,
                    new Metric.Target.Ratio(3),
                    List.of(UNIFIED, SPLIT));

    static final BranchesScenario WARM =
            new BranchesScenario(
                    "a-warm",
                    "8 branches, trunk read before, different hints",
                    true,
                    true,
                    new Metric.Target.Ratio(2.5),
                    List.of(UNIFIED, SPLIT));

    static final BranchesScenario EQUAL =
            new BranchesScenario(
                    "b",
                    "8 branches, cold trunk, the same hint",
                    false,
                    false,
                    new Metric.Target.Ratio(1.5),
                    List.of(UNIFIED, SPLIT));

    /// The same where the client knows of `n_cmpl`.
    static final BranchesScenario EQUAL_IN_ONE =
            new BranchesScenario(
                    "b-one",
                    "as b, but one request with n_cmpl to llama-server",
                    false,
                    false,
                    new Metric.Target.None(),
                    List.of(UNIFIED.withOneCall(), SPLIT.withOneCall()));

    private BranchesScenario(
            String name,
            String title,
            boolean different,
            boolean warm,
            Metric.Target target,
            List<ServerFlags> flags) {
        this(
                name,
                title,
                different,
                warm,
                List.of(Metric.less(SECONDS, target), Metric.less(BY_TOKEN, target)),
                flags);
    }

    @Override
    public Task prepare(Texts texts) {
        Prompt trunk = texts.story(TRUNK);
        List<Ask> asks =
                IntStream.range(0, BRANCHES)
                        .mapToObj(i ->
                                new Ask(
                                        trunk.withHint(Texts.view(different ? i : 0)),
                                        TOKENS,
                                        i + 1))
                        .toList();
        return peer -> warm ? warm(peer, trunk, asks) : cold(peer, trunk, asks);
    }

    private Measure cold(Peer peer, Prompt trunk, List<Ask> asks) throws InterruptedException {
        long begin = System.nanoTime();
        try (Peer.Beginning beginning = peer.open(trunk)) {
            return measure(begin, beginning, asks);
        }
    }

    private Measure warm(Peer peer, Prompt trunk, List<Ask> asks) throws InterruptedException {
        try (Peer.Beginning beginning = peer.open(trunk)) {
            Replies.await(beginning.fork(List.of(new Ask(trunk, 1, 1))));
            return measure(System.nanoTime(), beginning, asks);
        }
    }

    private Measure measure(long begin, Peer.Beginning beginning, List<Ask> asks)
            throws InterruptedException {
        List<Reply> replies = Replies.await(beginning.fork(asks));
        return Measure.of(replies, Replies.times(metrics, begin, replies), Replies.stops(replies));
    }
}
