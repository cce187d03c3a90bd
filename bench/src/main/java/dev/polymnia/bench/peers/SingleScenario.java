package dev.polymnia.bench.peers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One short chat, nothing beside it.
record SingleScenario() implements Scenario {
    private static final int TOKENS = 128;
    private static final Metric SPEED =
            Metric.more("tokens/s after the first", new Metric.Target.Ratio(0.98));
    private static final Metric TIME = Metric.less(SECONDS, new Metric.Target.Ratio(0.98));

    @Override
    public String name() {
        return "c";
    }

    @Override
    public String title() {
        return "a single stream";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(SPEED, TIME);
    }

    @Override
    public List<ServerFlags> flags() {
        return List.of(new ServerFlags(1, 4096));
    }

    @Override
    public Task prepare(Texts texts) {
        Ask ask = new Ask(texts.chat(0), TOKENS, 1);
        return peer -> {
            Reply reply = peer.start(ask).await();
            List<Reply> replies = List.of(reply);
            Map<Metric, Double> values = new LinkedHashMap<>();
            values.put(SPEED, speed(reply));
            values.put(TIME, Replies.seconds(reply.begun(), replies));
            return Measure.of(replies, values, Replies.stops(replies));
        };
    }

    private static double speed(Reply reply) {
        if (reply.times().isEmpty()) {
            return Double.NaN;
        }
        double seconds = (reply.ended() - reply.times().getFirst()) / 1e9;
        return (reply.counts().written() - 1) / seconds;
    }
}
