package dev.polymnia.bench.peers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Many short chats at once that have nothing in common.
///
/// @param chats how many
record ChatsScenario(int chats) implements Scenario {
    private static final int TOKENS = 32;
    private static final Metric THROUGHPUT =
            Metric.more("tokens/s of all", new Metric.Target.Ratio(1));
    private static final Metric TIME = Metric.less(SECONDS, new Metric.Target.None());
    private static final Metric ERRORS = Metric.less("errors", new Metric.Target.Never());

    @Override
    public String name() {
        return "d" + chats;
    }

    @Override
    public String title() {
        return chats + " short chats at once";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(THROUGHPUT, TIME, ERRORS);
    }

    @Override
    public List<ServerFlags> flags() {
        return List.of(
                new ServerFlags(64, 16_384, "--kv-unified"),
                new ServerFlags(64, 16_384, "--no-kv-unified"));
    }

    @Override
    public boolean countsErrors() {
        return true;
    }

    @Override
    public Task prepare(Texts texts) {
        List<Ask> asks =
                IntStream.range(0, chats)
                        .mapToObj(i -> new Ask(texts.chat(i), TOKENS, i + 1))
                        .toList();
        return peer -> {
            long begin = System.nanoTime();
            List<Reply> replies = Replies.await(asks.stream().map(peer::start).toList());
            double seconds = Replies.seconds(begin, replies);
            Map<Metric, Double> values = new LinkedHashMap<>();
            values.put(THROUGHPUT, Measure.written(replies) / seconds);
            values.put(TIME, seconds);
            values.put(ERRORS, (double) replies.stream().filter(Reply::failed).count());
            return Measure.of(replies, values, Replies.stops(replies));
        };
    }
}
